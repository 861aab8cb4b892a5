import type { Detector } from "../../records/detector.ts";
import type { TraceSpan } from "../../records/trace.ts";
import { noTraces, recordLost, several, tracedRuns } from "./record-lost.ts";

/** Spans that begin before the span that began them: the clocks differ, and durations and order across them are wrong. */
export const clockSkew: Detector = {
  name: "clock-skew",
  reports: ["telemetry/record-lost"],
  skip: noTraces,
  detect: (the) =>
    tracedRuns(the).flatMap(({ run, spans }) => {
      const byId = new Map(spans.map((span) => [span.spanId, span]));
      const early = spans.filter((span) => {
        const parent = byId.get(span.parentSpanId ?? "");
        return parent !== undefined && leadOf(span, parent) > toleranceOf(span, parent);
      });
      return recordLost("clock-skew", run, early, (own) => {
        const leads = own.map((span) => leadOf(span, byId.get(span.parentSpanId!)!));
        const most = Number(leads.reduce((a, b) => (a > b ? a : b))) / 1e9;
        const [first] = own;
        const parent = byId.get(first!.parentSpanId!)!;
        const where = apart(first!, parent) ? ` (hosts ${first!.host} and ${parent.host})` : "";
        const said = `${several(own.length, "span begins", "spans begin")} before its parent, by up to ${most.toFixed(3)} s${where}`;
        return { kind: "clock skew", said, count: own.length, facts: { actual: `${most.toFixed(3)} s` } };
      });
    }),
};

/** How long the child was there before its parent. */
function leadOf({ startNs }: TraceSpan, parent: TraceSpan): bigint {
  return startNs === null || parent.startNs === null || startNs === 0n ? 0n : parent.startNs - startNs;
}

/** On one machine only a clock that was set, or times that were given by hand, can be out of order by this much. */
function toleranceOf(child: TraceSpan, parent: TraceSpan): bigint {
  return apart(child, parent) ? 100_000_000n : 1_000_000_000n;
}

function apart(a: TraceSpan, b: TraceSpan): boolean {
  return a.host !== null && b.host !== null && a.host !== b.host;
}
