import { context, SpanKind, trace, type Context, type Span } from "@opentelemetry/api";
import { messagesOf, toolsOf } from "../provider-messages.ts";
import { messagesJson, recordable } from "./content.ts";
import { recordError } from "./error.ts";
import { guarded } from "./guard.ts";
import { requestAttributes } from "./model-attributes.ts";
import { settings } from "./settings.ts";
import { tracer } from "./telemetry.ts";

/**
 * A callback handler for LangChain and LangGraph: the outermost chain as the agent, model calls and tools below it.
 *
 *     await agent.invoke(input, { callbacks: [langchainCallbacks()] });
 *
 * Give the provider's client to LangChain untraced, or its calls are told twice.
 */
export function langchainCallbacks(): { name: string } {
  const open = new Map<string, { span: Span | null; context: Context }>();
  const parentOf = (id: string | undefined): Context => open.get(id ?? "")?.context ?? context.active();
  const begin = (
    id: string,
    parentId: string | undefined,
    name: string,
    attributes: Record<string, unknown>,
    kind = SpanKind.INTERNAL,
  ): void => {
    const parent = parentOf(parentId);
    const span = tracer().startSpan(name, { kind, attributes: attributes as never }, parent);
    open.set(id, { span, context: trace.setSpan(parent, span) });
  };
  const end = (id: string, write: (span: Span) => void): void => {
    const span = open.get(id)?.span ?? null;
    open.delete(id);
    if (span === null) return;
    guarded(() => write(span));
    span.end();
  };
  const on =
    <A extends unknown[]>(work: (...args: A) => void) =>
    (...args: A): void => {
      if (settings().enabled) guarded(() => work(...args));
    };
  const fail = on((error: unknown, id: string) => end(id, (span) => recordError(span, error)));
  return {
    name: "misfire",
    // Spans must be open before what they are about begins.
    awaitHandlers: true,
    handleChainStart: on((_: unknown, __: unknown, id: string, ...rest: unknown[]) => {
      const { parentId, name } = chainOf(rest);
      if (parentId === undefined)
        begin(id, undefined, `invoke_agent ${name}`, {
          "gen_ai.operation.name": "invoke_agent",
          "gen_ai.agent.name": name,
        });
      else open.set(id, { span: null, context: parentOf(parentId) });
    }),
    handleChainEnd: on((_: unknown, id: string) => end(id, () => {})),
    handleChainError: fail,
    handleChatModelStart: on(
      (
        serialized: { id?: string[] } | undefined,
        messages: unknown[][],
        id: string,
        parentId?: string,
        extra?: { invocation_params?: Record<string, unknown> },
        _tags?: unknown,
        metadata?: { ls_model_name?: string; ls_provider?: string },
      ) => {
        const params = extra?.invocation_params ?? {};
        const model = metadata?.ls_model_name ?? (typeof params["model"] === "string" ? params["model"] : "");
        const offered = params["tools"] === undefined ? null : toolsOf(params["tools"]);
        const body = { ...params, ...(settings().content ? { messages: plain(messages[0]) } : {}) };
        const provider = metadata?.ls_provider ?? serialized?.id?.[1] ?? "langchain";
        begin(
          id,
          parentId,
          `chat ${model}`.trimEnd(),
          {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": provider,
            "gen_ai.request.model": model,
            ...requestAttributes({ provider, operation: "chat", body, url: null }, offered),
          },
          SpanKind.CLIENT,
        );
      },
    ),
    handleLLMEnd: on(
      (output: { generations?: { message?: unknown; generationInfo?: Record<string, unknown> }[][] }, id: string) =>
        end(id, (span) => {
          const generation = output.generations?.[0]?.[0];
          const { response_metadata: about, usage_metadata: usage } = (generation?.message ?? {}) as {
            response_metadata?: { finish_reason?: string; stop_reason?: string };
            usage_metadata?: { input_tokens?: number; output_tokens?: number };
          };
          const reason = about?.finish_reason ?? about?.stop_reason;
          const message = messagesOf(plain([generation?.message]))[0];
          if (usage?.input_tokens !== undefined) span.setAttribute("gen_ai.usage.input_tokens", usage.input_tokens);
          if (usage?.output_tokens !== undefined) span.setAttribute("gen_ai.usage.output_tokens", usage.output_tokens);
          if (reason !== undefined) span.setAttribute("gen_ai.response.finish_reasons", [reason]);
          if (message !== undefined && (message.calls.length > 0 || settings().content))
            span.setAttribute(
              "gen_ai.output.messages",
              messagesJson([{ ...message, role: "assistant" }], reason ?? null),
            );
        }),
    ),
    handleLLMError: fail,
    handleToolStart: on(
      (
        serialized: { name?: string } | undefined,
        input: string,
        id: string,
        parentId?: string,
        _tags?: unknown,
        _metadata?: unknown,
        runName?: string,
        toolCallId?: string,
      ) => {
        const name = runName ?? serialized?.name ?? "";
        const { content, args } = settings();
        begin(id, parentId, `execute_tool ${name}`, {
          "gen_ai.operation.name": "execute_tool",
          "gen_ai.tool.name": name,
          "gen_ai.tool.type": "function",
          ...(toolCallId === undefined ? {} : { "gen_ai.tool.call.id": toolCallId }),
          ...((content || args) && typeof input === "string"
            ? { "gen_ai.tool.call.arguments": recordable(input) }
            : {}),
        });
      },
    ),
    handleToolEnd: on((output: { content?: unknown; status?: string } | string | undefined, id: string) =>
      end(id, (span) => {
        const text = typeof output === "string" ? output : typeof output?.content === "string" ? output.content : "";
        if (settings().content) span.setAttribute("gen_ai.tool.call.result", recordable(text));
        if (typeof output === "object" && output?.status === "error")
          recordError(span, new ToolFailed(settings().content ? text : "the tool's message has the status error"), {
            "misfire.stage": "executed",
          });
      }),
    ),
    handleToolError: on((error: unknown, id: string) =>
      end(id, (span) => recordError(span, error, { "misfire.stage": "executed" })),
    ),
  } as { name: string };
}

/** A tool message with the status `error`: LangGraph's ToolNode has caught what was thrown. */
class ToolFailed extends Error {}

/** In 1.x the parent follows the id; before, the type and the tags come between. */
function chainOf(rest: unknown[]): { parentId: string | undefined; name: string } {
  const texts = rest.filter((one): one is string => typeof one === "string");
  const parentId = texts.find((one) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(one));
  return { parentId, name: texts.findLast((one) => one !== parentId) ?? "chain" };
}

/** Message objects as the dictionaries that LangChain itself serialises. */
function plain(messages: readonly unknown[] | undefined): unknown[] {
  return (messages ?? []).map((message) => {
    const { toDict } = (message ?? {}) as { toDict?: () => unknown };
    return typeof toDict === "function" ? Reflect.apply(toDict, message, []) : message;
  });
}
