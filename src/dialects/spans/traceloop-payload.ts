import type { Message, Span, ToolDefinition } from "../../records/records.ts";
import { object, text } from "../../ingest/json/access.ts";
import { messagesOf } from "../../ingest/messages/messages.ts";
import { toolsOf } from "../../ingest/messages/tools.ts";
import { fromJson } from "./attributes.ts";
import type { SpanKind } from "./keys.ts";

/**
 * Spans of Traceloop that say what they are by their payload alone: `tools/call.mcp`, with the request of the protocol as its input, and
 * LlamaIndex's steps, `call_tool.task` with a ToolCallResult as its output, and `OpenAI.task` with the messages that were sent, each a JSON text.
 */
export function kindOfProtocol(span: Span): SpanKind | undefined {
  if (span.name === "tools/call.mcp") return "tool";
  if (!isLlamaIndex(span)) return undefined;
  if (span.name === "call_tool.task") return "tool";
  return sent(span) === null ? undefined : "model";
}

export function toolOfProtocol(span: Span): string | null {
  if (span.name === "tools/call.mcp") return text(request(span)["name"]);
  return isLlamaIndex(span) ? text(called(span)["tool_name"]) : null;
}

/** A tool's arguments, where the span's input is not them. */
export function inputOf(span: Span): unknown {
  return isLlamaIndex(span) && span.name === "call_tool.task" ? called(span)["tool_kwargs"] : undefined;
}

export function offersOf(span: Span): ToolDefinition[] | null {
  if (!isLlamaIndex(span)) return null;
  const tools = toolsOf(object(given(span)["kwargs"])["tools"]);
  return tools.length === 0 ? null : tools;
}

export function historyOf(span: Span): Message[] | null {
  return isLlamaIndex(span) ? sent(span) : null;
}

function isLlamaIndex({ scope }: Span): boolean {
  return scope.name === "opentelemetry.instrumentation.llamaindex";
}

function given({ attributes }: Span): ReturnType<typeof object> {
  return object(fromJson(attributes["traceloop.entity.input"]));
}

function request(span: Span): ReturnType<typeof object> {
  return object(given(span)["params"]);
}

/** A JSON text in a JSON text. */
function called({ attributes }: Span): ReturnType<typeof object> {
  return object(fromJson(fromJson(attributes["traceloop.entity.output"])));
}

function sent(span: Span): Message[] | null {
  const { messages } = given(span);
  if (!Array.isArray(messages) || span.attributes["traceloop.span.kind"] !== "task") return null;
  const read = messagesOf(messages.map(fromJson));
  return read.length === 0 ? null : read;
}
