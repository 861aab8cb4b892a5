import {
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
} from "@opentelemetry/api";
import { answerOf, messagesOf, toolsOf } from "../provider-messages.ts";
import { messagesJson, recordable } from "./content.ts";
import { recordedElsewhere } from "./elsewhere.ts";
import { guarded } from "./guard.ts";
import { requestAttributes, responseAttributes, usageOf } from "./model-attributes.ts";
import { settings } from "./settings.ts";
import { tracer } from "./telemetry.ts";

/**
 * Records the runs of @openai/agents by its own tracing: agents, model calls, functions. A traced OpenAI client is silent
 * inside of its model calls, so that nothing is told twice.
 *
 *     import * as agents from "@openai/agents";
 *     instrumentAgents(agents);
 */
export function instrumentAgents(module: { addTraceProcessor?: unknown; getCurrentSpan?: unknown }): void {
  guarded(() => {
    const { addTraceProcessor, getCurrentSpan } = module as {
      addTraceProcessor?: (processor: object) => void;
      getCurrentSpan?: () => AgentsSpan | null;
    };
    if (typeof addTraceProcessor !== "function" || known.has(addTraceProcessor)) return;
    known.add(addTraceProcessor);
    addTraceProcessor(agentsProcessor());
    if (typeof getCurrentSpan !== "function") return;
    // With its tracing off the package has spans as well, of which no processor hears.
    recordedElsewhere(() => {
      const span = getCurrentSpan();
      return span !== null && MODEL.has(span.spanData.type) && span.spanId !== "no-op";
    });
  });
}

const known = new WeakSet<object>();
const MODEL = new Set(["generation", "response"]);

interface AgentsSpan {
  traceId: string;
  spanId: string;
  parentId: string | null;
  spanData: { type: string } & Record<string, unknown>;
  error: { message: string; data?: Record<string, unknown> } | null;
}

/** A trace processor of @openai/agents that makes OpenTelemetry spans. */
function agentsProcessor(): object {
  const open = new Map<string, { span: Span; context: Context }>();
  const roots = new Map<string, Context>();
  const start = (given: AgentsSpan): void => {
    const name = NAMES[given.spanData.type]?.(given.spanData);
    const parent = open.get(given.parentId ?? "")?.context ?? roots.get(given.traceId) ?? context.active();
    // Spans of other kinds are passed through: what is below them hangs where they hang.
    if (name === undefined)
      return void open.set(given.spanId, {
        span: trace.getSpan(parent) ?? trace.getSpan(ROOT_CONTEXT)!,
        context: parent,
      });
    const span = tracer().startSpan(
      name,
      { kind: MODEL.has(given.spanData.type) ? SpanKind.CLIENT : SpanKind.INTERNAL },
      parent,
    );
    open.set(given.spanId, { span, context: trace.setSpan(parent, span) });
  };
  const end = (given: AgentsSpan): void => {
    const found = open.get(given.spanId);
    open.delete(given.spanId);
    if (found === undefined || NAMES[given.spanData.type] === undefined) return;
    const { span } = found;
    guarded(() => span.setAttributes(attributesOf(given.spanData)));
    if (given.error !== null) {
      const message = errorText(given.error);
      span.setAttribute("error.type", given.spanData.type === "function" ? "tool_error" : "error");
      span.setStatus({ code: SpanStatusCode.ERROR, message: recordable(message) });
    }
    span.end();
  };
  const whenOn = (work: () => void): Promise<void> => {
    if (settings().enabled) guarded(work);
    return Promise.resolve();
  };
  return {
    onTraceStart: (given: { traceId: string; name: string }) =>
      whenOn(() => {
        const span = tracer().startSpan(`invoke_workflow ${given.name}`, {
          attributes: { "gen_ai.operation.name": "invoke_workflow", "gen_ai.workflow.name": given.name },
        });
        roots.set(given.traceId, trace.setSpan(context.active(), span));
      }),
    onTraceEnd: (given: { traceId: string }) =>
      whenOn(() => {
        trace.getSpan(roots.get(given.traceId) ?? ROOT_CONTEXT)?.end();
        roots.delete(given.traceId);
      }),
    onSpanStart: (given: AgentsSpan) => whenOn(() => start(given)),
    onSpanEnd: (given: AgentsSpan) => whenOn(() => end(given)),
    shutdown: () => Promise.resolve(),
    forceFlush: () => Promise.resolve(),
  };
}

const NAMES: Record<string, (data: Record<string, unknown>) => string> = {
  agent: ({ name }) => `invoke_agent ${String(name)}`,
  function: ({ name }) => `execute_tool ${String(name)}`,
  generation: ({ model }) => `chat ${typeof model === "string" ? model : ""}`.trimEnd(),
  response: () => "chat",
};

function attributesOf(data: AgentsSpan["spanData"]): Attributes {
  if (data.type === "agent")
    return { "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": String(data["name"]) };
  if (data.type === "function") return functionAttributes(data);
  const response = (data["_response"] ?? {}) as Record<string, unknown>;
  const output =
    data.type === "response" ? response : ((data["output"] as Record<string, unknown>[] | undefined)?.[0] ?? {});
  const model = data["model"] ?? response["model"];
  const tools = response["tools"] === undefined ? null : toolsOf(response["tools"]);
  const body = {
    ...(typeof model === "string" ? { model } : {}),
    ...(settings().content ? { input: data["_input"] ?? data["input"] } : {}),
    instructions: response["instructions"],
  };
  const found: Attributes = {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "openai",
    ...(typeof model === "string" ? { "gen_ai.request.model": model } : {}),
    ...requestAttributes({ provider: "openai", operation: "chat", body, url: null }, tools),
    ...responseAttributes(output, usageOf(output)),
  };
  const answer =
    answerOf(output) ??
    (output["role"] === "assistant" ? { message: messagesOf([output])[0]!, finishReason: null, complete: true } : null);
  if (answer === null) return found;
  if (answer.message.calls.length > 0 || settings().content)
    found["gen_ai.output.messages"] = messagesJson([answer.message], answer.finishReason);
  if (answer.finishReason !== null) found["gen_ai.response.finish_reasons"] = [answer.finishReason];
  return found;
}

function functionAttributes({ name, input, output }: Record<string, unknown>): Attributes {
  const { content, args } = settings();
  return {
    "gen_ai.operation.name": "execute_tool",
    "gen_ai.tool.name": String(name),
    "gen_ai.tool.type": "function",
    ...(typeof input === "string" && (content || args) ? { "gen_ai.tool.call.arguments": recordable(input) } : {}),
    ...(typeof output === "string" && content ? { "gen_ai.tool.call.result": recordable(output) } : {}),
  };
}

/** `Error running tool (non-fatal)` says nothing; the words are in the data. */
function errorText({ message, data }: NonNullable<AgentsSpan["error"]>): string {
  const own = data?.["error"];
  return typeof own === "string" && own !== "" ? own : message;
}
