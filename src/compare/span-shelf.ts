import type { Span } from "../records/records.ts";

/** Keeps spans by trace, bounded: past the limit they are counted. With `wanted`, only those of these traces. */
export interface SpanShelf {
  add(span: Span): void;
  of(traceIds: Iterable<string>): Span[];
  readonly dropped: number;
}

const MOST = 50_000;

export function createSpanShelf(wanted: ReadonlySet<string> | null = null): SpanShelf {
  const traces = new Map<string, Span[]>();
  let kept = 0;
  let dropped = 0;
  return {
    add(span) {
      if (wanted !== null && !wanted.has(span.traceId)) return;
      if (kept >= MOST) {
        dropped++;
        return;
      }
      kept++;
      const known = traces.get(span.traceId);
      if (known === undefined) traces.set(span.traceId, [span]);
      else known.push(span);
    },
    of: (traceIds) => [...traceIds].flatMap((id) => traces.get(id) ?? []),
    get dropped() {
      return dropped;
    },
  };
}
