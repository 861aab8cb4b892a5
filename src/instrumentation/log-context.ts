import { context, createContextKey, trace, type Context } from "./api.ts";
import { guarded } from "./guard.ts";
import { currentRun } from "./run.ts";

/**
 * What a log line needs to be joined to its call: trace, span, run and tool call. As pino's mixin:
 *
 *     const logger = pino({ mixin: logContext });
 */
export function logContext(): Record<string, string> {
  return (
    guarded(() => {
      const fields: Record<string, string> = {};
      const span = trace.getActiveSpan()?.spanContext();
      if (span !== undefined) Object.assign(fields, { trace_id: span.traceId, span_id: span.spanId });
      const run = currentRun();
      if (run.name !== null) fields["agent"] = run.name;
      if (run.span !== null) fields["run_id"] = run.span.spanContext().spanId;
      const call = context.active().getValue(CALL);
      if (typeof call === "string") fields["tool_call_id"] = call;
      return fields;
    }) ?? {}
  );
}

export function withCall(parent: Context, callId: string | null): Context {
  return callId === null ? parent : parent.setValue(CALL, callId);
}

const CALL = createContextKey("misfire tool call");
