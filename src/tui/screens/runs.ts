import type { RunView } from "../../compare-tools.ts";
import { line } from "../../reporters/text/paint.ts";
import { msOf } from "../../reporters/show-waterfall.ts";
import { cell, clock, end, right } from "../draw/text.ts";
import { lazyOf, listOf, rowsOfLines, type Row } from "../rows.ts";
import type { Scene, Screen } from "./screen.ts";

/** All runs in the order of their starts: which failed and of what, their calls, agents and times. */
export const runs: Screen = (scene) => {
  const { snapshot, width, paint } = scene;
  const shown = snapshot
    .runs()
    .filter((run) => scene.matches?.(filterable(run)) ?? true)
    .toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : startOf(a) > startOf(b) ? 1 : 0));
  if (shown.length === 0) return { head: [], rows: listOf(rowsOfLines([paint.dim("No run of an agent.")], "none")) };
  const columns = columnsOf(width);
  const head = paint.dim(
    `  ${cell("run", columns.id)}${right("calls", 7)}${right("failed", 8)}${right("time", TIME)}${right("start", 10)}  ${cell("broke by", columns.cause)}${cell("agents", columns.agents)}`,
  );
  const rows = lazyOf(shown, { idOf: ({ id }) => id, isFailed: isBad, rowOf: (run) => rowOf(run, columns, scene) });
  return { head: [head], rows };
};

const TIME = 14;

function columnsOf(width: number): { id: number; cause: number; agents: number } {
  const id = Math.max(12, Math.min(40, Math.floor((width - 43) * 0.45)));
  const left = Math.max(0, width - 43 - id);
  return { id, cause: Math.min(34, left), agents: Math.max(0, left - 34) };
}

/** Those without a time come last. */
function startOf({ start }: RunView): string {
  return start ?? "~";
}

function rowOf(run: RunView, columns: ReturnType<typeof columnsOf>, { paint }: Scene): Row {
  const failed = failedOf(run);
  const failedRun = isBad(run);
  const mark = failedRun ? paint.red("✗") : run.causes.length > 0 ? paint.green("↺") : paint.green("✓");
  return {
    id: run.id,
    line: `${mark} ${(run.id.includes("/") ? end : cell)(run.id, columns.id)}${right(String(run.calls.length), 7)}${(failed > 0 ? paint.red : paint.dim)(right(String(failed), 8))}${right(run.durationMs === null ? "-" : msOf(run.durationMs), TIME)}${paint.dim(right(clock(run.start), 10))}  ${paint.dim(cell(run.broke?.classifier ?? "", columns.cause))}${cell(run.agents.join(", "), columns.agents)}`,
    text: `${run.id} ${run.agents.join(" ")} ${run.causes.map(({ classifier }) => classifier).join(" ")}`,
    says: [
      `${failedRun ? "failed" : run.causes.length > 0 ? "recovered" : "ok"}: run ${line(run.id)}`,
      `${run.calls.length} calls`,
      `${failed} failed`,
      run.durationMs === null ? "" : msOf(run.durationMs),
      run.broke === null ? "" : `broke by ${run.broke.classifier}`,
      line(run.agents.join(" ")),
    ]
      .filter(Boolean)
      .join(", "),
    open: { screen: "run", subject: run.id },
    failed: failedRun,
    ...(run.broke && { incident: run.broke.id }),
  };
}

function isBad({ causes, ended }: RunView): boolean {
  return causes.some(({ recovered }) => !recovered) || ended?.outcome === "failed";
}

export function failedOf({ calls }: RunView): number {
  return calls.filter(({ outcome, causes }) => outcome === "failed" || outcome === "masked" || causes.length > 0)
    .length;
}

function filterable(run: RunView) {
  return {
    tool: run.calls.map(({ tool }) => tool ?? "").join(" "),
    layer: run.causes.map(({ classifier }) => classifier.split("/")[0]).join(" "),
    classifier: run.causes.map(({ classifier }) => classifier).join(" "),
    agent: run.agents,
    model: run.models,
    run: [run.id],
    is: run.causes.some(({ recovered }) => !recovered) ? ["failed"] : run.causes.length > 0 ? ["recovered"] : ["ok"],
    time: run.start === null ? null : Date.parse(run.start),
    text: `${run.id} ${run.agents.join(" ")} ${run.models.join(" ")} ${run.causes.map(({ title }) => title).join(" ")}`,
  };
}
