import type { Message, RequestedCall, ToolDefinition, ToolResult } from "../../records/records.ts";
import { fieldsOf, isFields, jsonText, listOf, stringOf, textOf } from "./json.ts";
import type { Fields } from "./json.ts";

/** The messages of a model request as logs show them: OpenAI, Anthropic, Ollama, and AutoGen's own objects. */
export function chatMessages(value: unknown): Message[] {
  return listOf(value).filter(isFields).map(chatMessage);
}

export function chatMessage(message: Fields): Message {
  const blocks = listOf(message["content"]).filter(isFields);
  const role = stringOf(message["role"]) ?? ROLES[String(message["type"])] ?? stringOf(message["type"]) ?? "user";
  const calls = [
    ...listOf(message["tool_calls"]).filter(isFields).map(chatCall),
    ...blocks.filter(isCallBlock).map(chatCall),
  ];
  const single = role === "tool" || message["tool_call_id"] !== undefined ? [toolMessage(message)] : [];
  const results = [...single, ...blocks.filter(isResultBlock).map(resultBlock)];
  return { role, text: results.length > 0 ? null : contentText(message["content"]), calls, results };
}

export interface ChatAnswer {
  finishReason: string | null;
  text: string | null;
  calls: RequestedCall[];
  model: string | null;
}

/** The answer of a model: a provider's response as it was dumped, or AutoGen's CreateResult. */
export function chatAnswer(response: unknown): ChatAnswer | null {
  if (!isFields(response)) return null;
  const choice = fieldsOf(listOf(response["choices"])[0]);
  const message = isFields(choice["message"])
    ? choice["message"]
    : isFields(response["message"])
      ? response["message"]
      : response;
  const { text, calls } = chatMessage({
    role: "assistant",
    content: message["content"],
    tool_calls: message["tool_calls"],
  });
  const finishReason =
    stringOf(choice["finish_reason"]) ??
    stringOf(response["finish_reason"]) ??
    stringOf(response["stop_reason"]) ??
    stringOf(response["done_reason"]);
  return { finishReason, text, calls, model: stringOf(response["model"]) };
}

/** A call in any of the usual forms: OpenAI (`function`), Anthropic (`input`), LangChain (`args`), AI SDK (`toolName`). */
export function chatCall(call: Fields): RequestedCall {
  const inner = isFields(call["function"]) ? call["function"] : call;
  const args = first(inner, ["arguments", "args", "input", "toolInput"]);
  return {
    id: stringOf(first(call, ["call_id", "toolCallId", "tool_call_id", "id"])),
    name: stringOf(first(inner, ["name", "toolName", "tool_name"])),
    argumentsRaw: textOf(args),
    ...(typeof args === "string" || args === undefined || args === null ? {} : { parsed: true }),
  };
}

export function toolDefinitions(value: unknown): ToolDefinition[] {
  return listOf(value).flatMap((tool) => {
    const outer = fieldsOf(tool);
    const inner = isFields(outer["function"]) ? outer["function"] : outer;
    const name = stringOf(inner["name"]);
    return name === null
      ? []
      : [
          {
            name,
            description: stringOf(inner["description"]),
            schema: inner["parameters"] ?? inner["input_schema"] ?? inner["inputSchema"] ?? null,
            ...(isFields(inner["outputSchema"]) ? { output: inner["outputSchema"] } : {}),
          },
        ];
  });
}

/** Text parts of a content, joined by newlines; null where there are none. */
export function contentText(content: unknown): string | null {
  if (typeof content === "string") return content;
  const parts = listOf(content).flatMap((part) =>
    typeof part === "string" ? part : (stringOf(fieldsOf(part)["text"]) ?? []),
  );
  return parts.length === 0 ? null : parts.join("\n");
}

export function first(fields: Fields, names: readonly string[]): unknown {
  for (const name of names) if (fields[name] !== undefined && fields[name] !== null) return fields[name];
  return undefined;
}

const ROLES: Record<string, string> = {
  human: "user",
  ai: "assistant",
  SystemMessage: "system",
  UserMessage: "user",
  AssistantMessage: "assistant",
  FunctionExecutionResultMessage: "tool",
};

/** Anthropic's `tool_use`, and the calls that AutoGen keeps as the content. */
function isCallBlock(block: Fields): boolean {
  return block["type"] === "tool_use" || (typeof block["arguments"] === "string" && typeof block["name"] === "string");
}

/** Anthropic's `tool_result`, and AutoGen's FunctionExecutionResult. */
function isResultBlock(block: Fields): boolean {
  return block["type"] === "tool_result" || ("call_id" in block && "content" in block);
}

function resultBlock(block: Fields): ToolResult {
  return {
    callId: stringOf(block["tool_use_id"]) ?? stringOf(block["call_id"]),
    tool: stringOf(block["name"]),
    content: contentText(block["content"]) ?? jsonText(block["content"] ?? ""),
    isError: typeof block["is_error"] === "boolean" ? block["is_error"] : null,
  };
}

function toolMessage(message: Fields): ToolResult {
  const { status } = message;
  const content = message["content"];
  const isError =
    typeof message["is_error"] === "boolean"
      ? message["is_error"]
      : status === "error"
        ? true
        : status === "success"
          ? false
          : null;
  return {
    callId: stringOf(message["tool_call_id"]),
    tool: stringOf(message["name"]),
    content: contentText(content) ?? (content == null ? "" : jsonText(content)),
    isError,
  };
}
