import type { Message, Span } from "../../records/records.ts";
import { firstText, object, objects, type Json } from "../../ingest/json/access.ts";
import { parseJsonText } from "../../ingest/json/parse.ts";
import { messagesOf } from "../../ingest/messages/messages.ts";
import { fromJson, nested } from "./attributes.ts";
import { answerIn, historyOf } from "./payload.ts";

/**
 * OpenInference: `llm.input_messages.N.message.{role,content,contents.M.message_content.*,tool_call_id,name}` and
 * `...tool_calls.M.tool_call.{id,function.{name,arguments}}`; AutoGen's results are JSON in `llm.input_messages.N.function.M`.
 */
export function openInferenceMessages(attributes: Span["attributes"], prefix: string): Message[] | null {
  const list = nested(attributes, prefix);
  if (!Array.isArray(list)) return null;
  const messages = messagesOf(objects(list).map(one));
  return messages.some(isIncomplete) ? completed(messages, attributes, prefix) : messages;
}

/** LangChain JS leaves out ids, OpenAI Agents the arguments `{}`; the raw value beside the attributes has them. */
function completed(messages: Message[], attributes: Span["attributes"], prefix: string): Message[] {
  const isInput = prefix === "llm.input_messages";
  const raw = isInput
    ? historyOf(attributes["input.value"] ?? null)
    : [answerIn(attributes["output.value"] ?? null)?.message ?? null];
  const whole = (raw ?? []).filter((message) => message !== null);
  const sameCalls = callCount(whole) === callCount(messages) && whole.length > 0;
  return sameCalls && !whole.some(isIncomplete) ? whole : messages;
}

function isIncomplete({ calls, results }: Message): boolean {
  return (
    calls.some(({ id, argumentsRaw }) => id === null || argumentsRaw === null) ||
    results.some(({ callId }) => callId === null)
  );
}

function callCount(messages: readonly Message[]): number {
  return messages.reduce((count, { calls }) => count + calls.length, 0);
}

function one(item: Json): Json {
  const message = object(item["message"]);
  const role = firstText(message["role"]) ?? "user";
  const results = Array.isArray(item["function"]) ? item["function"].map(fromJson) : [];
  if (results.length > 0) return { role: "tool", content: results };
  const listed = objects(message["tool_calls"]).map((each) => object(each["tool_call"]));
  // Vercel's processor lists calls of which nothing is known
  const calls = listed.filter(isCall).map((call) => {
    const called = object(call["function"]);
    return { id: call["id"], function: { name: unquoted(called["name"]), arguments: written(called["arguments"]) } };
  });
  if (typeof message["function_call_name"] === "string")
    calls.push({
      id: undefined,
      function: { name: message["function_call_name"], arguments: message["function_call_arguments_json"] },
    });
  const parts = objects(message["contents"])
    .map((each) => object(each["message_content"]))
    .filter((part) => calls.length === 0 || !/^tool[-_](?:use|call)$/.test(String(part["type"])));
  const content = parts.length > 0 ? parts : message["content"];
  // smolagents: what a tool said; the text tells what it is.
  if (role === "tool-response") return { role: "user", content };
  // BeeAI's parts each name the call that they answer
  const callId = message["tool_call_id"] ?? object(objects(message["contents"])[0]?.["message"])["tool_call_id"];
  const result = typeof callId === "string" && role !== "assistant";
  return {
    // Anthropic's results are of the user
    role: result ? "tool" : role,
    content: result ? given(content, callId) : content,
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
    tool_call_id: callId,
    name: message["name"],
  };
}

function isCall(call: Json): boolean {
  const { name, arguments: given } = object(call["function"]);
  return [call["id"], name, given].some((part) => part !== null && part !== undefined);
}

/** Vercel's processor writes what the model wrote as JSON once more. */
function written(given: unknown): unknown {
  return typeof given === "string" && given.startsWith('"') ? (parseJsonText(given) ?? given) : given;
}

/** The AI SDK's `{type: "error-text", value}` as a result of its own kind, where it is the content. */
function given(content: unknown, toolCallId: unknown): unknown {
  if (typeof content !== "string" || !/^\{"type":"(?:text|json|content|error-\w+)","value":/.test(content))
    return content;
  return [{ type: "tool-result", toolCallId, output: fromJson(content) }];
}

/** CrewAI's tracer writes the repr of names: `'claim_state'`. */
function unquoted(name: unknown): unknown {
  return typeof name === "string" ? name.replace(/^'(.*)'$/, "$1") : name;
}
