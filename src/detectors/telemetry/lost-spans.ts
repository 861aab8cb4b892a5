import type { Run, ToolCall } from "../../records/call.ts";
import type { Detector } from "../../records/detector.ts";
import type { Finding } from "../../records/finding.ts";
import type { TraceSpan } from "../../records/trace.ts";
import { argumentsKey } from "../../toolcalls/arguments.ts";
import { outcomeOf } from "../outcome.ts";
import { noTraces, recordLost, several, tracedRuns } from "./record-lost.ts";

/**
 * Spans that should be there: the parent that a span names, in a trace whose root has ended; the execution of a call that
 * was answered, where other calls of its tool have one. Refused calls have no span nearly everywhere, so they are no sign.
 */
export const lostSpans: Detector = {
  name: "lost-spans",
  reports: ["telemetry/record-lost"],
  skip: noTraces,
  detect: (the) => tracedRuns(the).flatMap(({ run, spans }) => [...orphans(run, spans), ...withoutSpan(run, spans)]),
};

/** Below a server's or consumer's span another process begins, whose caller may be recorded elsewhere. */
function orphans(run: Run, spans: readonly TraceSpan[]): Finding[] {
  const root = spans.find(({ parentSpanId, endNs }) => parentSpanId === null && endNs !== null);
  if (root === undefined) return [];
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const lost = spans.filter(
    ({ parentSpanId, kind, startNs }) =>
      parentSpanId !== null &&
      !ids.has(parentSpanId) &&
      kind !== "server" &&
      kind !== "consumer" &&
      (startNs ?? 0n) <= root.endNs!,
  );
  return recordLost("lost-spans", run, lost, (own) => {
    const parents = new Set(own.map(({ parentSpanId }) => parentSpanId)).size;
    const said = `${several(own.length, "span names", "spans name")} a parent that is not in the trace (${several(parents, "span")} lost)`;
    return { kind: "parent lost", said, count: parents };
  });
}

function withoutSpan(run: Run, spans: readonly TraceSpan[]): Finding[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const spanOf = (call: ToolCall): TraceSpan | undefined =>
    call.executions.flatMap(({ evidence }) => byId.get(evidence.spanId ?? "") ?? [])[0];
  return [...Map.groupBy(run.calls, ({ tool }) => tool)].flatMap(([tool, calls]) => {
    const seen = calls.filter((call) => spanOf(call) !== undefined);
    const [first] = seen;
    if (first === undefined || tool === null) return [];
    // a framework that knows the answer does not run the tool again
    const ran = new Set(seen.map(({ argumentsRaw }) => argumentsKey(argumentsRaw)));
    const lost = calls.filter(
      (call) =>
        call.evidence.requested?.kind === "span" &&
        call.executions.length === 0 &&
        outcomeOf(call) === "ok" &&
        !ran.has(argumentsKey(call.argumentsRaw)),
    );
    if (lost.length === 0) return [];
    const said = `${several(lost.length, "call")} of ${tool} that ${lost.length === 1 ? "was" : "were"} answered ${lost.length === 1 ? "has" : "have"} no span, and ${several(seen.length, "other has", "others have")}`;
    return recordLost("lost-spans", run, [spanOf(first)!], () => ({
      kind: "call without span",
      said,
      count: lost.length,
    }));
  });
}
