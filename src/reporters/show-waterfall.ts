import type { SpanRow } from "../compare/span-rows.ts";
import type { RunView } from "../compare/show.ts";
import { line, type Paint } from "./text/paint.ts";
import { padEnd, widthOf } from "./text/width.ts";
import { clip } from "./text/wrap.ts";

/** Spans as indented bars over the time of the run, with duration and status. None for a run without spans. */
export function waterfall({ spans, durationMs, dropped, calls }: RunView, width: number, paint: Paint): string[] {
  if (spans.length === 0) return [];
  const shown = chosen(spans);
  const label = Math.min(
    Math.floor(width * 0.45),
    Math.max(...shown.map((row) => 2 * row.depth + widthOf(line(row.name)))) + 2,
  );
  const bar = Math.max(8, width - label - DURATION - 6);
  const total = durationMs === null || durationMs <= 0 ? 1 : durationMs;
  const ids = new Map(calls.map(({ key, id, tool }) => [key, id ?? tool ?? ""]));
  const rows = shown.flatMap((row) =>
    rowLines(row, { label, bar, total, width, paint, call: row.call === null ? "" : (ids.get(row.call) ?? "") }),
  );
  const left = spans.length - shown.length + dropped;
  return left > 0
    ? [...rows, paint.dim(`    and ${left} more spans${dropped === 0 ? " (-f json has all)" : ""}`)]
    : rows;
}

const DURATION = 9;
const MOST = 200;

/** Of a long run those that failed and those of calls first, then from the top. */
function chosen(spans: readonly SpanRow[]): SpanRow[] {
  if (spans.length <= MOST) return [...spans];
  const order = spans.map((row, n) => ({ n, rank: row.failed ? 0 : row.call !== null ? 1 : 2 }));
  order.sort((a, b) => a.rank - b.rank || a.n - b.n);
  const kept = new Set(order.slice(0, MOST).map(({ n }) => n));
  return spans.filter((_, n) => kept.has(n));
}

interface Columns {
  label: number;
  bar: number;
  total: number;
  width: number;
  paint: Paint;
  call: string;
}

function rowLines(row: SpanRow, { label, bar, total, width, paint, call }: Columns): string[] {
  const indent = "  ".repeat(Math.min(row.depth, Math.floor(label / 4)));
  const name = padEnd(clip(`${indent}${line(row.name)}`, label), label);
  const mark = row.failed ? paint.red("✗") : row.status === "ok" ? paint.green("✓") : " ";
  const at = row.startMs === null ? 0 : Math.min(bar - 1, Math.max(0, Math.floor((row.startMs / total) * bar)));
  const length = Math.max(1, Math.min(bar - at, Math.round(((row.durationMs ?? 0) / total) * bar)));
  const drawn =
    row.startMs === null ? " ".repeat(bar) : `${" ".repeat(at)}${"━".repeat(length)}${" ".repeat(bar - at - length)}`;
  const duration = (row.durationMs === null ? "" : msOf(row.durationMs)).padStart(DURATION);
  const hidden = row.failed && row.status === "ok" ? "the span says ok" : "";
  const note = [
    call === "" ? "" : `call ${line(call)}`,
    row.message === null ? hidden : line(row.message.slice(0, 400)),
  ]
    .filter(Boolean)
    .join(": ");
  const first = `  ${mark} ${row.failed ? paint.bold(name) : name} ${(row.failed ? paint.red : paint.cyan)(drawn)}${duration}`;
  return note === "" ? [first] : [first, `    ${indent}  ${paint.dim(clip(note, width - 6 - indent.length))}`];
}

/** `12 ms`, `1.24 s`, `2 min 5 s`. */
export function msOf(ms: number): string {
  if (ms < 1) return `${ms.toFixed(2)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(2)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
