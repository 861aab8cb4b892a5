import type { Run } from "../../records/call.ts";
import type { Case } from "../../records/detector.ts";
import type { Evidence } from "../../records/evidence.ts";
import type { Facts, Finding } from "../../records/finding.ts";
import type { Severity } from "../../records/life.ts";
import type { TraceSpan } from "../../records/trace.ts";
import { runFinding } from "../finding.ts";

/** What is wrong with the record that one tracer made of one run. */
export interface Loss {
  /** The same for every run: part of the incident's identity. */
  kind: string;
  /** A sentence about this run. */
  said: string;
  count: number;
  severity?: Severity;
  facts?: Facts;
}

/** One finding for each tracer that wrote the spans of a run: the record is wrong, not the run. */
export function recordLost(
  detector: string,
  run: Run,
  spans: readonly TraceSpan[],
  lossOf: (spans: readonly TraceSpan[]) => Loss,
): Finding[] {
  // a span that came twice (sent again, or read from two files) is one
  const distinct = new Map(spans.map((span) => [span.spanId, span])).values();
  return [...Map.groupBy(distinct, ({ tracer }) => tracer)].map(([tracer, own]) => {
    const { kind, said, count, severity = "info", facts } = lossOf(own);
    const finding = runFinding(detector, run, {
      classifier: "telemetry/record-lost",
      stage: null,
      severity,
      confidence: "likely",
      facts: { ...(tracer === "" ? {} : { package: tracer }), value: said, count: String(count), ...facts },
      evidence: own.slice(0, 5).map(evidenceOf),
      message: `${kind} ${tracer}`,
      time: own[0]!.endNs,
    });
    // several losses of one run are not one failure with several witnesses
    return { ...finding, scope: { ...finding.scope, spanId: null } };
  });
}

/** The runs of agents that have a trace, each with its spans. */
export function tracedRuns({ runs, traces }: Case): { run: Run; spans: readonly TraceSpan[] }[] {
  const seen = new Set<string>();
  return runs.flatMap((run) => {
    const { traceId } = run.scope;
    const spans = traceId === null || seen.has(traceId) ? undefined : traces.get(traceId);
    if (spans === undefined) return [];
    seen.add(traceId!);
    return [{ run, spans }];
  });
}

export const noTraces = ({ traces }: Case): string | null => (traces.size === 0 ? "no spans" : null);

function evidenceOf({ source, traceId, spanId, name }: TraceSpan): Evidence {
  return {
    kind: "span",
    source,
    line: null,
    byteOffset: null,
    traceId,
    spanId,
    messageIndex: null,
    callId: null,
    excerpt: name,
    highlight: null,
  };
}

export function several(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
