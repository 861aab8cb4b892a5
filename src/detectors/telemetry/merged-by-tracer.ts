import type { ToolCall } from "../../records/call.ts";
import type { Case, Detector } from "../../records/detector.ts";
import { runFinding } from "../finding.ts";
import { noTraces, several } from "./record-lost.ts";

/** Calls that only the tracer glued into one: a later request shows each of them, and its answer. */
export const mergedByTracer: Detector = {
  name: "merged-by-tracer",
  reports: ["telemetry/record-lost"],
  skip: noTraces,
  detect(the) {
    const partsOf = gluedByTracer(the);
    const runs = new Map(the.runs.map((run) => [run.id, run]));
    return the.calls.flatMap((call) => {
      const parts = partsOf(call);
      const run = runs.get(call.run ?? "");
      if (parts === null || run === undefined) return [];
      const { requested } = call.evidence;
      const spans = the.traces.get(requested?.traceId ?? "") ?? [];
      const tracer = spans.find(({ spanId }) => spanId === requested?.spanId)?.tracer ?? "";
      const finding = runFinding("merged-by-tracer", run, {
        classifier: "telemetry/record-lost",
        stage: null,
        severity: "warning",
        facts: {
          ...(tracer === "" ? {} : { package: tracer }),
          value: `${several(parts.length, "call")} of one answer (${parts.map(({ tool }) => tool).join(", ")}) are recorded as one`,
          count: String(parts.length),
          callId: parts.map(({ id }) => id).join(", "),
        },
        evidence: [call.evidence.requested, ...parts.map(({ results }) => results[0]?.evidence)],
        message: `calls merged ${tracer}`,
        time: call.time,
      });
      return { ...finding, scope: { ...finding.scope, spanId: null } };
    });
  },
};

/** The calls that were answered one by one, and whose ids make up the id of this one; null where it is a call as others. */
export function gluedByTracer({ calls }: Case): (call: ToolCall) => ToolCall[] | null {
  const answered = new Map(calls.filter(({ results }) => results.length > 0).map((call) => [call.id ?? "", call]));
  return ({ id, results, executions }) => {
    if (id === null || results.length > 0 || executions.length > 0 || id.length > LONGEST) return null;
    const parts: ToolCall[] = [];
    for (let at = 0; at < id.length;) {
      let end = id.length;
      while (end - at >= SHORTEST && !answered.has(id.slice(at, end))) end--;
      if (end - at < SHORTEST) return null;
      parts.push(answered.get(id.slice(at, end))!);
      at = end;
    }
    return parts.length < 2 ? null : parts;
  };
}

const SHORTEST = 4;
const LONGEST = 2000;
