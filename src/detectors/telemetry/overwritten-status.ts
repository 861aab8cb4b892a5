import type { ToolCall } from "../../records/call.ts";
import type { Detector } from "../../records/detector.ts";
import type { TraceSpan } from "../../records/trace.ts";
import { formOf } from "../result-form.ts";
import { noTraces, recordLost, several, tracedRuns } from "./record-lost.ts";

/** Spans that say OK, in so many words, of a call that failed: an error is not to be found by status. Unset says nothing. */
export const overwrittenStatus: Detector = {
  name: "overwritten-status",
  reports: ["telemetry/record-lost"],
  skip: noTraces,
  detect: (the) =>
    tracedRuns(the).flatMap(({ run, spans }) => {
      const ok = new Map(spans.filter(({ status }) => status === "ok").map((span) => [span.spanId, span]));
      if (ok.size === 0) return [];
      const own = run.calls.flatMap((call) => call.executions.map(({ evidence }) => ({ call, id: evidence.spanId })));
      const wrong = own.flatMap(({ call, id }) => {
        const span = ok.get(id ?? "");
        return span !== undefined && (span.exception !== null || isFlagged(call)) ? [span] : [];
      });
      const asked = run.turns.flatMap(({ evidence, error }) => {
        const span = ok.get(evidence.spanId ?? "");
        return span !== undefined && (span.exception !== null || error !== null) ? [span] : [];
      });
      return recordLost("overwritten-status", run, [...new Set<TraceSpan>([...wrong, ...asked])], (spans) => ({
        kind: "status overwritten",
        said: `${several(spans.length, "span of a failed call says", "spans of failed calls say")} OK`,
        count: spans.length,
      }));
    }),
};

/** A flag, or a sentence that only a framework writes. An error in the tool's own data may well be OK. */
function isFlagged({ results }: ToolCall): boolean {
  return results.some(
    ({ isError, content }) => isError === true || (isError === null && formOf(content).form === "refusal"),
  );
}
