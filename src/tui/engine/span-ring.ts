import type { Span } from "../../records/records.ts";

/** The spans of the last traces: past the limit the trace that was quiet longest goes. */
export interface SpanRing {
  add(span: Span): void;
  of(traceIds: Iterable<string>): Span[];
  readonly dropped: number;
}

const MOST = 50_000;

export function createSpanRing(most = MOST): SpanRing {
  const traces = new Map<string, Map<string, Span>>();
  let kept = 0;
  let dropped = 0;
  return {
    add(span) {
      const trace = traces.get(span.traceId) ?? new Map<string, Span>();
      // the order of the map is that of the last span
      traces.delete(span.traceId);
      traces.set(span.traceId, trace);
      if (!trace.has(span.spanId)) kept++;
      trace.set(span.spanId, span);
      while (kept > most && traces.size > 1) {
        const [id, oldest] = traces.entries().next().value!;
        traces.delete(id);
        kept -= oldest.size;
        dropped += oldest.size;
      }
      if (kept > most && traces.size === 1) {
        trace.delete(trace.keys().next().value!);
        kept--;
        dropped++;
      }
    },
    of: (traceIds) => [...traceIds].flatMap((id) => [...(traces.get(id)?.values() ?? [])]),
    get dropped() {
      return dropped;
    },
  };
}
