import type { RunView } from "../../compare-tools.ts";
import { line } from "../../reporters/text/paint.ts";
import { cell, right } from "../draw/text.ts";
import { lazyOf, listOf, rowsOfLines, type Row } from "../rows.ts";
import type { Scene, Screen } from "./screen.ts";

type CallView = RunView["calls"][number];
export const CALL_KINDS = ["all", "failed", "masked", "recovered", "unanswered"];

const MARKS = {
  offered: "o",
  requested: "r",
  parsed: "p",
  "looked up": "l",
  validated: "v",
  executed: "x",
  returned: "b",
  consumed: "c",
};

/** Every call with its eight stages. */
export const calls: Screen = (scene) => {
  const { snapshot, width, paint, kind } = scene;
  const all = snapshot.runs().flatMap((run) => run.calls.map((call) => ({ run, call, is: kindsOf(call) })));
  const shown = all.filter(
    ({ run, call, is }) =>
      (kind === "all" || is.includes(kind)) && (scene.matches?.(filterable(run, call, is)) ?? true),
  );
  const words = CALL_KINDS.map((one) => (one === kind ? paint.bold(`[${one}]`) : paint.dim(one))).join(" ");
  const head = [
    `${words}  ${paint.dim(`${shown.length} of ${all.length}`)}`,
    paint.dim(
      `  ${cell("tool", tool(width))} ${Object.values(MARKS).join("")} ${right("ms", 8)} ${cell("arguments", rest(width))} ${cell("cause", causeWidth(width))}`,
    ),
  ];
  if (shown.length === 0) return { head, rows: listOf(rowsOfLines([paint.dim("No call.")], "none")) };
  const rows = lazyOf(shown, {
    idOf: ({ run, call }) => idOf(run, call),
    isFailed: ({ is }) => isFailed(is),
    rowOf: ({ run, call, is }) => rowOf(run, call, is, scene),
  });
  return { head, rows };
};

function idOf(run: RunView, call: CallView): string {
  return `${run.id} ${call.key}`;
}

function isFailed(is: readonly string[]): boolean {
  return is.includes("failed") && !is.includes("recovered");
}

const causeWidth = (width: number): number => Math.min(32, Math.floor(width * 0.28));
const tool = (width: number): number => Math.min(28, Math.floor(width * 0.25));
const rest = (width: number): number => Math.max(8, width - tool(width) - causeWidth(width) - 23);

function kindsOf({ outcome, causes, results, life }: CallView): string[] {
  const stands = causes.some(({ recovered }) => !recovered);
  const kinds = [];
  if (outcome === "masked") kinds.push("masked");
  if (stands || outcome === "failed" || outcome === "masked") kinds.push("failed");
  if (!stands && (causes.length > 0 || outcome === "failed")) kinds.push("recovered");
  if (results.length === 0 && life.requested === "ok") kinds.push("unanswered");
  return kinds;
}

function rowOf(run: RunView, call: CallView, is: readonly string[], { width, paint }: Scene): Row {
  const [cause] = call.causes;
  const failed = isFailed(is);
  const mark = failed
    ? paint.red("✗")
    : is.includes("recovered")
      ? paint.green("↺")
      : call.outcome === "ok"
        ? paint.green("✓")
        : paint.dim("?");
  const brokenAt = Object.keys(MARKS).find((stage) => call.life[stage as keyof typeof MARKS] === "failed");
  const stages = Object.keys(MARKS)
    .map((stage) => STATES[call.life[stage as keyof typeof MARKS]](paint))
    .join("");
  return {
    id: idOf(run, call),
    line: `${mark} ${cell(call.tool ?? "?", tool(width))} ${stages} ${right(call.durationMs === null ? "" : String(Math.round(call.durationMs)), 8)} ${cell(call.argumentsRaw ?? "", rest(width))} ${paint.dim(cell(cause?.classifier ?? is.join(", "), causeWidth(width)))}`,
    text: `${call.tool} ${call.id} ${call.argumentsRaw} ${cause?.classifier ?? ""}`,
    says: [
      `${failed ? "failed" : is.includes("recovered") ? "recovered" : call.outcome}: ${line(call.tool ?? "a tool without a name")}`,
      brokenAt === undefined ? "" : `at ${brokenAt}`,
      cause?.classifier ?? is.join(" "),
      `sent ${line(call.argumentsRaw ?? "nothing")}`,
    ]
      .filter(Boolean)
      .join(", "),
    open: { screen: "call", subject: call.key },
    failed,
    ...(cause && { incident: cause.id }),
    ...(call.evidence && { evidence: call.evidence }),
  };
}

const STATES: Record<CallView["life"]["offered"], (paint: Scene["paint"]) => string> = {
  ok: (paint) => paint.green("✓"),
  failed: (paint) => paint.red("✗"),
  "not-reached": (paint) => paint.dim("·"),
  unknown: (paint) => paint.dim("?"),
};

function filterable(run: RunView, call: CallView, is: readonly string[]) {
  return {
    tool: call.tool,
    layer: call.causes.map(({ classifier }) => classifier.split("/")[0]).join(" "),
    classifier: call.causes.map(({ classifier }) => classifier).join(" "),
    agent: run.agents,
    model: run.models,
    run: [run.id],
    is,
    time: run.start === null ? null : Date.parse(run.start) + (call.atMs ?? 0),
    text: `${call.tool} ${call.id} ${call.argumentsRaw} ${call.results.map(({ content }) => content.slice(0, 2000)).join(" ")}`,
  };
}
