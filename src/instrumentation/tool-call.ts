import { context, SpanKind, trace, type Attributes, type Context, type Span } from "./api.ts";
import { toolsOf, violationsOf } from "../provider-messages.ts";
import { recordable } from "./content.ts";
import { recordError, isAbort } from "./error.ts";
import { guarded } from "./guard.ts";
import { jsonText } from "./json-safe.ts";
import { withCall } from "./log-context.ts";
import { violationText } from "./fault.ts";
import { callAttributes, claim } from "./pending.ts";
import { currentRun } from "./run.ts";
import { settings } from "./settings.ts";
import { meters, tracer } from "./telemetry.ts";
import { recordResult } from "./tool-result.ts";
import type { Watch } from "./watch.ts";

export interface ToolExecution {
  name: string;
  description?: string | null;
  /** JSON Schema of the arguments, where it is known. */
  schema?: unknown;
  callId: string | null;
  args: unknown;
  /** As the model wrote them, where the caller has them. */
  raw?: string | null;
  /** A span that somebody else has opened for it and will end: it is completed. */
  existing?: Span;
}

/** The `execute_tool` span of one execution, opened before the function runs. */
export function openToolCall(
  execution: ToolExecution,
): Watch & { readonly context: Context; readonly span: Span; failedAt(stage: string, error: unknown): void } {
  const { name, args } = execution;
  const run = currentRun();
  const started = performance.now();
  const raw = execution.raw ?? (typeof args === "string" ? args : null);
  const pending = guarded(() => claim(run, { id: execution.callId, tool: name, raw })) ?? null;
  run.toolCalls += 1;
  const attributes: Attributes = {
    "gen_ai.operation.name": "execute_tool",
    "gen_ai.tool.name": name,
    ...guarded(() => ({
      ...(pending === null ? ownAttributes(execution, raw) : callAttributes(pending)),
      ...describe(execution),
    })),
  };
  const active = context.active();
  const parent = trace.getSpan(active) === undefined && pending !== null ? pending.context : active;
  const links = pending === null ? [] : [{ context: pending.span.spanContext() }];
  const { existing } = execution;
  const span =
    existing ?? tracer().startSpan(`execute_tool ${name}`, { kind: SpanKind.INTERNAL, attributes, links }, parent);
  existing?.setAttributes(attributes);
  running.set(name, (running.get(name) ?? 0) + 1);
  guarded(() => {
    if (pending !== null) span.setAttribute("misfire.queue_ms", Date.now() - pending.since);
    span.setAttribute("misfire.tool.running", running.get(name)!);
    const schema = execution.schema ?? pending?.offered?.find((one) => one.name === name)?.schema;
    checkArguments(span, schema, raw, args);
  });
  if (pending !== null) pending.execution = span;
  let result: unknown;
  let values = 0;
  let ended = false;
  const finish = (type: string | null): void => {
    if (ended) return;
    ended = true;
    openTools.delete(span);
    running.set(name, running.get(name)! - 1);
    if (existing === undefined) guarded(() => span.end());
    guarded(() =>
      meters().tool((performance.now() - started) / 1000, {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": name,
        ...(type === null ? {} : { "error.type": type }),
      }),
    );
  };
  const failedAt = (stage: string, error: unknown): void => {
    if (ended) return;
    guarded(() =>
      recordError(span, error, { "misfire.stage": stage, ...(isAbort(error) ? { "misfire.cancelled": true } : {}) }),
    );
    finish("error");
  };
  openTools.add(span);
  return {
    context: withCall(trace.setSpan(active, span), execution.callId ?? pending?.call.id ?? null),
    span,
    value(value) {
      values += 1;
      result = value;
    },
    end() {
      if (!ended) guarded(() => recordResult(span, name, result, values));
      finish(null);
    },
    error: (error) => failedAt("executed", error),
    stop() {
      if (!ended) guarded(() => span.setAttribute("misfire.stream.outcome", "returned"));
      finish(null);
    },
    failedAt,
  };
}

/** Executions (and what frameworks tell of by spans alone) without an end yet, for last words. */
export const openTools = new Set<Span>();
const running = new Map<string, number>();

function ownAttributes({ callId, args }: ToolExecution, raw: string | null): Record<string, string> {
  const text = raw ?? jsonText(args);
  const found: Record<string, string> = { "gen_ai.tool.type": "function" };
  if (callId !== null) found["gen_ai.tool.call.id"] = callId;
  if (typeof text === "string" && (settings().content || settings().args))
    found["gen_ai.tool.call.arguments"] = recordable(text);
  return found;
}

/** The definition itself goes with the request that offers it; here only what it is for. */
function describe({ description }: ToolExecution): Record<string, string> {
  return typeof description === "string" && settings().definitions
    ? { "gen_ai.tool.description": recordable(description) }
    : {};
}

/** The tool may be more patient than its schema: what does not fit is told, not judged. */
function checkArguments(span: Span, schema: unknown, raw: string | null, args: unknown): void {
  if (typeof schema !== "object" || schema === null) return;
  let value = args;
  if (typeof args === "string" && raw !== null) {
    try {
      value = JSON.parse(raw);
    } catch {
      span.addEvent("misfire.arguments", { "misfire.stage": "parsed", "misfire.message": "the arguments are no JSON" });
      return;
    }
  }
  const own = toolsOf([{ name: "x", parameters: schema }])[0]?.schema ?? null;
  for (const wrong of violationsOf(own, value).slice(0, 5))
    span.addEvent("misfire.arguments", {
      "misfire.stage": "validated",
      "misfire.path": wrong.path,
      "misfire.message": violationText(wrong),
    });
}
