import { TRACE, WORDS, type QuietSpans } from "../records/quiet-spans.ts";
import type { Span } from "../records/records.ts";
import type { TraceSpan, Traces } from "../records/trace.ts";
import { quietSpan, traceSpan } from "./trace-span.ts";
import { worthALook, type Row } from "./worth-a-look.ts";

/** The skeletons of the newest traces. Bounded: past the limit the oldest are forgotten. */
export interface TraceShelf {
  add(span: Span): void;
  /** Spans that say nothing of agents. */
  addQuiet(spans: QuietSpans): void;
  /** Of these traces the spans that were read, and of the quiet ones those that are worth a look. */
  of(ids: ReadonlySet<string>): Shelved;
  /** The same, and lets them go. */
  take(ids: ReadonlySet<string>): Shelved;
}

export interface Shelved {
  traces: Traces;
  /** Traces that are not kept whole any more: what is left would look as if it had lost spans. */
  forgotten: number;
}

export function createTraces(most = 100_000, mostQuiet = 4 * most): TraceShelf {
  const traces = new Map<string, TraceSpan[]>();
  const forgotten = new Set<string>();
  let kept = 0;
  const quiet: QuietSpans[] = [];
  let quietKept = 0;
  /** By the last word of their ids: of these quiet spans were forgotten. */
  const forgottenQuiet = new Set<number>();

  function forgetQuiet(): void {
    const oldest = quiet.shift()!;
    quietKept -= oldest.count;
    if (forgottenQuiet.size >= MOST_FORGOTTEN) forgottenQuiet.clear();
    for (let n = 0; n < oldest.count; n++) forgottenQuiet.add(oldest.words[n * WORDS + LAST]!);
  }

  function of(ids: ReadonlySet<string>): Shelved {
    const whole = [...ids].filter((id) => !forgotten.has(id) && !forgottenQuiet.has(lastWord(id)));
    const rows = rowsOf(quiet, whole);
    const found = new Map<string, TraceSpan[]>();
    for (const id of whole) {
      const read = traces.get(id) ?? [];
      const beside = worthALook(rows.get(id) ?? [], read).map((row) => quietSpan(row.of, row.n));
      if (read.length + beside.length > 0) found.set(id, [...read, ...beside]);
    }
    return { traces: found, forgotten: ids.size - whole.length };
  }

  return {
    add(span) {
      if (forgotten.has(span.traceId)) return;
      const known = traces.get(span.traceId);
      if (known === undefined) traces.set(span.traceId, [traceSpan(span)]);
      else known.push(traceSpan(span));
      for (kept++; kept > most;) {
        const [oldest, spans] = traces.entries().next().value!;
        traces.delete(oldest);
        if (forgotten.size >= most) forgotten.delete(forgotten.values().next().value!);
        forgotten.add(oldest);
        kept -= spans.length;
      }
    },
    addQuiet(spans) {
      quiet.push(spans);
      quietKept += spans.count;
      while (quietKept > mostQuiet && quiet.length > 1) forgetQuiet();
    },
    of,
    take(ids) {
      const taken = of(ids);
      for (const id of ids) {
        kept -= traces.get(id)?.length ?? 0;
        traces.delete(id);
      }
      return taken;
    },
  };
}

/** The quiet spans of these traces, by their ids. */
function rowsOf(quiet: readonly QuietSpans[], ids: readonly string[]): Map<string, Row[]> {
  const byWord = Map.groupBy(ids, lastWord);
  const rows = new Map<string, Row[]>();
  for (const of of quiet) {
    let [before, list]: [number, Row[] | null] = [-1, null];
    for (let n = 0; n < of.count; n++) {
      const at = n * WORDS;
      if (before < 0 || !isSameTrace(of.words, before, at)) {
        const near = byWord.get(of.words[at + LAST]!);
        const id = near === undefined ? undefined : near.find((each) => isTrace(of.words, at, each));
        list = id === undefined ? null : (rows.get(id) ?? []);
        if (id !== undefined && list !== null) rows.set(id, list);
        before = at;
      }
      list?.push({ of, n });
    }
  }
  return rows;
}

function isSameTrace(words: Uint32Array, a: number, b: number): boolean {
  for (let n = TRACE; n < TRACE + 4; n++) if (words[a + n] !== words[b + n]) return false;
  return true;
}

function isTrace(words: Uint32Array, at: number, id: string): boolean {
  for (let n = 0; n < 4; n++)
    if (words[at + TRACE + n] !== Number.parseInt(id.slice(n * 8, n * 8 + 8), 16)) return false;
  return id.length === 32;
}

/** The last 32 bits of a trace id of OpenTelemetry; -1 for an id of another form, which no quiet span has. */
function lastWord(id: string): number {
  return /^[0-9a-f]{32}$/.test(id) ? Number.parseInt(id.slice(24), 16) : -1;
}

const LAST = TRACE + 3;
const MOST_FORGOTTEN = 1_000_000;
