import type { Message } from "../../records/records.ts";
import { firstText, object, objects, text, type Json } from "../json/access.ts";
import { callOf, contentText, resultOf } from "./call.ts";
import { addContent, addText, flag } from "./parts.ts";
import { isStep, stepOf } from "./step.ts";

/**
 * A history of any provider or framework as neutral messages: OpenAI Chat, Responses items, Anthropic, Gemini,
 * Bedrock, Ollama, AI SDK, OTel GenAI parts, LangChain (plain and serialised), Pydantic AI, AutoGen, Claude Code lines.
 * A string is one user message. What is no message is passed over.
 */
export function messagesOf(value: unknown): Message[] {
  if (typeof value === "string") return value === "" ? [] : [{ role: "user", text: value, calls: [], results: [] }];
  const list = Array.isArray(value) ? value.slice(0, MAX_MESSAGES) : [value];
  const messages: Message[] = [];
  for (const item of list) addItem(item, messages);
  return messages;
}

/** One message; null when it is none. */
export function messageOf(value: unknown): Message | null {
  return messagesOf([value])[0] ?? null;
}

const MAX_MESSAGES = 100_000;

/** Roles under the names that other frameworks have for them. */
const ROLES: Record<string, string> = {
  human: "user",
  HumanMessage: "user",
  HumanMessageChunk: "user",
  UserMessage: "user",
  ai: "assistant",
  AI: "assistant",
  AIMessage: "assistant",
  AIMessageChunk: "assistant",
  AssistantMessage: "assistant",
  model: "assistant",
  response: "assistant",
  CHATBOT: "assistant",
  function: "tool",
  ToolMessage: "tool",
  FunctionExecutionResultMessage: "tool",
  ToolCallExecutionEvent: "tool",
  ToolCallRequestEvent: "assistant",
  SystemMessage: "system",
  developer: "system",
};

function addItem(item: unknown, messages: Message[]): void {
  if (Array.isArray(item)) {
    // LangChain: ["human", "text"], or a batch of histories.
    if (item.length === 2 && typeof item[0] === "string") item = { role: item[0], content: item[1] as unknown };
    else return item.slice(0, MAX_MESSAGES).forEach((inner) => !Array.isArray(inner) && addItem(inner, messages));
  }
  const json = unwrap(object(item));
  const type = text(json["type"]);
  if (type !== null && type in ITEMS) return ITEMS[type]?.(json, messages);
  if (isStep(json)) return void messages.push(...stepOf(json));
  const role = roleOf(json);
  if (role === null || isDefinition(json)) return;
  const message: Message = { role, text: null, calls: [], results: [] };
  read(json, message);
  messages.push(message);
}

/** Langfuse puts the tools that were offered behind the messages: `{role: "tool", content: {type: "function", function: {...}}}`. */
export function isDefinition(json: Json): boolean {
  const tool = object(json["content"]);
  return json["role"] === "tool" && tool["type"] === "function" && typeof object(tool["function"])["name"] === "string";
}

/** Messages inside other objects: LangChain's serialised form and `data`, Claude Code's lines, OTel events. */
function unwrap(json: Json): Json {
  if (json["lc"] === 1 || (json["type"] === "constructor" && "kwargs" in json)) {
    const id = json["id"];
    return { type: Array.isArray(id) ? id.at(-1) : undefined, ...object(json["kwargs"]) };
  }
  if (typeof json["type"] === "string" && typeof json["data"] === "object" && "content" in object(json["data"]))
    return { ...object(json["data"]), type: json["type"] };
  const inner = object(json["message"]);
  if (typeof inner["role"] === "string" && !("role" in json)) return inner;
  return json;
}

function roleOf(json: Json): string | null {
  const name = firstText(json["role"], json["type"] === "message" ? "assistant" : json["type"], json["kind"]);
  if (name === null) return Array.isArray(json["parts"]) ? "user" : null;
  if (json["kind"] === "request" && Array.isArray(json["parts"])) return "user";
  if ("role" in json) return ROLES[name] ?? name;
  // By its type alone it is one only if it says something.
  const says = ["content", "parts", "tool_calls", "items"].some((key) => key in json);
  return says ? (ROLES[name] ?? (MESSAGE_TYPES.test(name) ? name : null)) : null;
}

const MESSAGE_TYPES = /^(?:user|assistant|system|tool|chat)$|Message$/;

function read(json: Json, message: Message): void {
  const content = json["content"] ?? json["parts"] ?? json["items"];
  // SWE-agent lists the ids; tau2-bench gives the result the id of its call
  const own = typeof json["error"] === "boolean" ? json["id"] : undefined;
  const listed: unknown = Array.isArray(json["tool_call_ids"]) ? json["tool_call_ids"][0] : undefined;
  const callId = json["tool_call_id"] ?? json["toolCallId"] ?? json["call_id"] ?? listed ?? own;
  if (message.role === "tool" && !hasResults(content)) {
    // Ollama and old functions name the tool alone.
    const isError =
      json["status"] === "error"
        ? true
        : json["status"] === "success"
          ? false
          : flag(json["is_error"] ?? json["isError"] ?? json["error"]);
    message.results.push(resultOf(callId, json["name"] ?? json["tool_name"], content, isError));
    return;
  }
  addContent(content, message);
  const inContent = message.calls.length;
  for (const call of objects(json["tool_calls"] ?? json["toolCalls"])) addCall(call, message, inContent);
  for (const call of objects(json["invalid_tool_calls"])) addCall(call, message, inContent);
  const more = object(json["additional_kwargs"]);
  // Where LangChain's own field was lost (MLflow 2), the provider's has them.
  if (message.calls.length === 0) for (const call of objects(more["tool_calls"])) addCall(call, message, inContent);
  const old = object(json["function_call"] ?? more["function_call"]);
  if (typeof old["name"] === "string" && message.calls.length === 0)
    message.calls.push(callOf(null, old["name"], old["arguments"]));
  if (typeof json["refusal"] === "string") addText(json["refusal"], message);
}

/** The content of a tool message is a list of results, not what one result says. */
function hasResults(content: unknown): boolean {
  return (
    Array.isArray(content) &&
    content.some(
      (part) =>
        ["tool-result", "tool_result", "tool_call_response", "function_result", "tool-return"].includes(
          String(object(part)["type"] ?? object(part)["content_type"]),
        ) || RESULT_KEYS.some((key) => key in object(part)),
    )
  );
}

const RESULT_KEYS = [
  "functionResponse",
  "function_response",
  "toolResult",
  "toolResponse",
  "tool_call_result",
  "call_id",
];

/** OpenAI `{id, function: {name, arguments}}`, LangChain `{id, name, args}`, AI SDK `{toolCallId, toolName, input}`. A copy of a part of the content is not counted twice. */
function addCall(call: Json, message: Message, inContent: number): void {
  const called = object(call["function"]);
  const custom = object(call["custom"]);
  const next = callOf(
    call["id"] ?? call["toolCallId"] ?? call["tool_call_id"],
    called["name"] ?? call["name"] ?? call["toolName"] ?? custom["name"],
    called["arguments"] ?? call["args"] ?? call["arguments"] ?? call["input"] ?? custom["input"],
  );
  const copy =
    next.id !== null &&
    message.calls.slice(0, inContent).some((known) => known.id === next.id && known.name === next.name);
  if (!copy) message.calls.push(next);
}

type ReadItem = (item: Json, messages: Message[]) => void;

/** Items of the Responses API: the calls of one answer are items of their own, and become one message. */
const ITEMS: Record<string, ReadItem> = {
  function_call: (item, messages) =>
    void assistant(messages).calls.push(
      callOf(item["call_id"] ?? item["callId"] ?? item["id"], item["name"], item["arguments"]),
    ),
  custom_tool_call: (item, messages) =>
    void assistant(messages).calls.push(callOf(item["call_id"], item["name"], item["input"])),
  mcp_call: (item, messages) => {
    const message = assistant(messages);
    message.calls.push(callOf(item["id"], item["name"], item["arguments"]));
    message.results.push(resultOf(item["id"], item["name"], item["error"] ?? item["output"], item["error"] != null));
  },
  function_call_output: answer,
  function_call_result: answer,
  custom_tool_call_output: answer,
  reasoning: () => {},
};

function answer(item: Json, messages: Message[]): void {
  messages.push({
    role: "tool",
    text: null,
    calls: [],
    results: [resultOf(item["call_id"] ?? item["callId"], item["name"], outputText(item["output"]), null)],
  });
}

/** Agents SDK (JS) wraps the text: `{type: "text", text}`. */
function outputText(output: unknown): string {
  return object(output)["type"] === "text" ? contentText([output]) : contentText(output);
}

function assistant(messages: Message[]): Message {
  const last = messages.at(-1);
  if (last?.role === "assistant") return last;
  const message: Message = { role: "assistant", text: null, calls: [], results: [] };
  messages.push(message);
  return message;
}
