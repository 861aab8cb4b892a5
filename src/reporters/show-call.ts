import type { CallView } from "../compare/show.ts";
import type { Violation } from "../detectors/schema-check.ts";
import { STAGES } from "../records/life.ts";
import { msOf } from "./show-waterfall.ts";
import { lifeRow } from "./text/life.ts";
import { line, lines, type Paint } from "./text/paint.ts";
import { placeOf } from "./text/place.ts";
import { schemaSummary } from "./text/schema-summary.ts";
import { widthOf } from "./text/width.ts";
import { windowOf } from "./text/window.ts";
import { wrap } from "./text/wrap.ts";

const INDENT = 15;
const MOST_LINES = 12;

/** One call: its life, the raw arguments with the keys that break the schema marked, what came back, and why it broke. */
export function callLines(call: CallView, width: number, paint: Paint): string[] {
  const room = width - INDENT;
  const wrong = call.violations;
  const isBad = call.outcome === "failed" || call.outcome === "masked" || call.causes.length > 0;
  const mark = isBad ? paint.red("✗") : call.outcome === "ok" ? paint.green("✓") : paint.dim("?");
  const facts = [
    call.id,
    call.atMs === null ? null : `+${msOf(call.atMs)}`,
    call.durationMs === null ? null : `took ${msOf(call.durationMs)}`,
  ];
  return [
    `${mark} ${paint.bold(line(call.tool ?? "a tool without a name"))}  ${paint.dim(line(facts.filter((fact) => fact !== null).join("  ")))}`,
    ...(STAGES.every((stage) => call.life[stage] === "unknown") ? [] : lifeRow(call.life, width, paint)),
    ...sentLines(call, wrong, room, paint),
    ...labelled("wrong", wrong.slice(0, MOST_LINES).map(violationText), room),
    ...labelled(
      "schema",
      wrong.length === 0 ? [] : [schemaSummary(call.schema, { argument: firstKey(wrong[0]!.path) })],
      room,
    ),
    ...call.errors.flatMap(({ type, message }) =>
      labelled("error", [[type, message].filter(Boolean).join(": ")], room),
    ),
    ...call.results.flatMap(({ content, isError, seenBy }) =>
      labelled(
        isError === true ? "result ✗" : "result",
        [content === "" ? "(empty)" : content],
        room,
        seenBy.every((one) => one === "request") ? "as the next request shows it" : null,
      ),
    ),
    ...labelled(
      "cause",
      call.causes.map(({ classifier, title }) => `${classifier}: ${title}`),
      room,
    ),
    ...(call.evidence === null ? [] : labelled("seen", [placeOf(call.evidence, { width })], room)),
  ];
}

/** Carets stand under every key that is wrong, where the arguments fit into the line; else under the first. */
function sentLines({ argumentsRaw }: CallView, wrong: readonly Violation[], room: number, paint: Paint): string[] {
  if (argumentsRaw === null) return [];
  const ranges = wrong.map(({ path }) => rangeOf(argumentsRaw, firstKey(path))).filter((range) => range !== null);
  const [first = null] = ranges;
  const { text, range } = windowOf(argumentsRaw, first, room);
  if (range === null) return [row("sent", text)];
  const all = text === argumentsRaw ? ranges : [range];
  const carets = Array.from({ length: widthOf(text) }, () => " ");
  for (const [from, to] of all) {
    const at = widthOf(text.slice(0, from));
    carets.fill("^", at, at + Math.max(1, widthOf(text.slice(from, to))));
  }
  return [row("sent", text), row("", paint.red(carets.join("").trimEnd()))];
}

/** `items[2].id` lies under the key `items`. */
function firstKey(path: string): string {
  return path.split(/[.[]/)[0] ?? path;
}

function rangeOf(raw: string, key: string): [number, number] | null {
  const at = key === "" ? -1 : raw.indexOf(`"${key}"`);
  return at < 0 ? null : [at + 1, at + 1 + key.length];
}

function violationText({ kind, path, expected, received }: Violation): string {
  const name = path === "" ? "the arguments" : path;
  if (kind === "unexpected") return `${name}: not in the schema, which has ${expected || "no names"}`;
  if (kind === "missing") return `${name}: required, and not there`;
  if (kind === "type") return `${name}: needs ${expected}, got ${received}`;
  return `${name}: needs ${expected}, got ${received}`;
}

/** Texts of the input as they are, each under one label; long ones are cut. */
function labelled(
  label: string,
  texts: readonly (string | null)[],
  room: number,
  note: string | null = null,
): string[] {
  const rows = texts.flatMap((text) =>
    text === null
      ? []
      : lines(text.slice(0, room * MOST_LINES))
          .split("\n")
          .flatMap((one) => wrap(one, room)),
  );
  const shown = rows.slice(0, MOST_LINES);
  if (rows.length > shown.length) shown.push("…");
  if (note !== null && shown.length > 0) shown.push(`(${note})`);
  return shown.map((text, n) => row(n === 0 ? label : "", text));
}

function row(label: string, text: string): string {
  return `${" ".repeat(6)}${label.padEnd(INDENT - 6)}${text}`;
}
