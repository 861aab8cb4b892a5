import type { Exchange, Message, Span, ToolDefinition } from "../../records/records.ts";
import { firstText, object, objects, type Json } from "../../ingest/json/access.ts";
import { merged } from "../../ingest/messages/answer.ts";
import { contentText } from "../../ingest/messages/call.ts";
import { finishReasonOf } from "../../ingest/messages/finish.ts";
import { messagesOf } from "../../ingest/messages/messages.ts";
import { toolsOf } from "../../ingest/messages/tools.ts";
import { eventMessage, type EventMessage } from "../genai-events.ts";
import { fromJson, nested, pick } from "./attributes.ts";
import { KEYS } from "./keys.ts";
import { openInferenceMessages } from "./openinference-messages.ts";
import { answerIn, historyOf } from "./payload.ts";

type Attributes = Span["attributes"];

/** Where a span may carry the history that was sent, the newest convention first. Null: not there. */
export const HISTORIES: readonly ((span: Span) => Message[] | null)[] = [
  ({ attributes }) => withSystem(parsedMessages(pick(attributes, ["gen_ai.input.messages"])), attributes),
  (span) =>
    eventsOf(span)
      .filter(({ isAnswer }) => !isAnswer)
      .map(({ message }) => message)
      .filter(Boolean),
  ({ attributes }) => openInferenceMessages(attributes, "llm.input_messages"),
  ({ attributes }) => parsedMessages(pick(attributes, ["ai.prompt.messages"])),
  ({ attributes }) => flat(attributes, "gen_ai.prompt"),
  (span) => parsedMessages(eventAttribute(span, "gen_ai.content.prompt", "gen_ai.prompt")),
  (span) => parsedMessages(eventAttribute(span, "gen_ai.client.inference.operation.details", "gen_ai.input.messages")),
  ({ attributes }) =>
    historyOf(pick(attributes, ["gen_ai.prompt", "ai.prompt", "gcp.vertex.agent.llm_request", ...KEYS.input])),
];

/** Where a span may carry the model's answer. */
export const ANSWERS: readonly ((span: Span) => Exchange["answer"])[] = [
  ({ attributes }) => messagesAnswer(pick(attributes, ["gen_ai.output.messages"])),
  (span) => {
    const choice = eventsOf(span).find(({ isAnswer }) => isAnswer);
    return choice === undefined ? null : { message: choice.message, finishReason: choice.finishReason, complete: true };
  },
  ({ attributes }) => {
    const messages = openInferenceMessages(attributes, "llm.output_messages");
    const lost = invalidCalls(attributes);
    const message = merged(messages ?? []);
    return messages === null && lost === null
      ? null
      : { message: { ...message, calls: lost ?? message.calls }, finishReason: null, complete: true };
  },
  ({ attributes }) => aiSdkAnswer(attributes),
  ({ attributes }) => {
    const messages = flat(attributes, "gen_ai.completion");
    return messages === null ? null : { message: merged(messages), finishReason: null, complete: true };
  },
  (span) => answerIn(eventAttribute(span, "gen_ai.content.completion", "gen_ai.completion") ?? null),
  (span) => messagesAnswer(eventAttribute(span, "gen_ai.client.inference.operation.details", "gen_ai.output.messages")),
  ({ attributes }) =>
    answerIn(pick(attributes, ["gen_ai.completion", "gcp.vertex.agent.llm_response", ...KEYS.output]) ?? null),
];

/** The tools that were offered, as definitions or names; null where the span does not say. */
export function offersOf({ attributes }: Span, keys: readonly string[]): ToolDefinition[] | null {
  const listed = definitions(pick(attributes, keys));
  if (listed !== null) return listed;
  for (const read of OFFERS) {
    const found = read(attributes);
    if (found !== null) return found;
  }
  return null;
}

const OFFERS: readonly ((attributes: Attributes) => ToolDefinition[] | null)[] = [
  (attributes) =>
    definitions(objects(nested(attributes, "llm.tools")).map((each) => object(each["tool"])["json_schema"])),
  (attributes) => definitions(nested(attributes, "llm.request.functions")),
  (attributes) => definitions(object(fromJson(attributes["llm.invocation_parameters"]))["tools"]),
  (attributes) => {
    const parameters = object(fromJson(attributes["model_request_parameters"]));
    return definitions([...objects(parameters["function_tools"]), ...objects(parameters["output_tools"])]);
  },
  (attributes) => definitions(object(object(fromJson(attributes["gcp.vertex.agent.llm_request"]))["config"])["tools"]),
  (attributes) => definitions(requestIn(attributes)["tools"]),
];

/** A client's request as one JSON text, by LangSmith and Langfuse. */
function requestIn(attributes: Attributes): Json {
  const request = pick(attributes, ["langfuse.observation.input", "gen_ai.prompt"]);
  return typeof request === "string" && !request.includes('"tools"') ? {} : object(fromJson(request));
}

export function firstOf<T>(readers: readonly ((span: Span) => T | null)[], span: Span): T | null {
  for (const read of readers) {
    const found = read(span);
    if (found !== null && !(Array.isArray(found) && found.length === 0)) return found;
  }
  return null;
}

function parsedMessages(value: unknown): Message[] | null {
  const parsed = fromJson(value);
  return Array.isArray(parsed) ? messagesOf(parsed) : null;
}

function withSystem(messages: Message[] | null, attributes: Attributes): Message[] | null {
  const instructions = fromJson(attributes["gen_ai.system_instructions"]);
  const text = instructions === undefined || instructions === null ? "" : contentText(instructions);
  if (messages === null || text === "" || messages[0]?.role === "system") return messages;
  return [{ role: "system", text, calls: [], results: [] }, ...messages];
}

function messagesAnswer(value: unknown): Exchange["answer"] {
  const parsed = fromJson(value);
  if (!Array.isArray(parsed)) return null;
  const messages = messagesOf(parsed).filter(({ role }) => role === "assistant");
  const finishReason = finishReasonOf(objects(parsed).map((item) => firstText(item["finish_reason"])));
  return { message: merged(messages), finishReason, complete: true };
}

/** `gen_ai.*` span events, or Pydantic AI's attribute `events` with the same fields. */
export function eventsOf(span: Span): EventMessage[] {
  const listed = objects(fromJson(span.attributes["events"] ?? span.attributes["all_messages_events"]));
  const events = [
    ...span.events.map(({ name, attributes }) => ({ name, fields: attributes as Json })),
    ...listed.map((fields) => ({ name: String(fields["event.name"]), fields })),
  ];
  return events.flatMap(({ name, fields }) => eventMessage(name, fields) ?? []);
}

function eventAttribute(span: Span, name: string, key: string): unknown {
  // Strands writes one event for what was sent, and one for what came.
  return span.events.find((event) => event.name === name && event.attributes[key] !== undefined)?.attributes[key];
}

/** `gen_ai.prompt.N.{role,content,tool_call_id,tool_calls.M.{id,name,arguments}}`. */
function flat(attributes: Attributes, prefix: string): Message[] | null {
  const list = nested(attributes, prefix);
  if (!Array.isArray(list)) return null;
  const role = prefix.endsWith("completion") ? "assistant" : "user";
  return messagesOf(
    objects(list).map((item) => ({
      ...item,
      role: firstText(item["role"]) ?? role,
      content: fromJson(item["content"]) ?? null,
    })),
  );
}

/** `ai.response.text`, `ai.response.toolCalls`; `ai.result.*` before version 4. */
function aiSdkAnswer(attributes: Attributes): Exchange["answer"] {
  const calls = fromJson(pick(attributes, ["ai.response.toolCalls", "ai.result.toolCalls"]));
  const text = pick(attributes, ["ai.response.text", "ai.result.text", "ai.response.object", "ai.result.object"]);
  // Both are recorded by default: with the prompt there and an end, their absence says that the answer is empty.
  const isEmpty =
    attributes["ai.prompt.messages"] !== undefined && attributes["ai.response.finishReason"] !== undefined;
  if (calls === undefined && text === undefined && !isEmpty) return null;
  const messages = messagesOf([
    { role: "assistant", content: typeof text === "string" ? text : null, tool_calls: calls },
  ]);
  return { message: merged(messages), finishReason: null, complete: true };
}

/** LangChain's tracers leave calls whose arguments are no JSON out of their own attributes; the raw output has all. */
function invalidCalls(attributes: Attributes): Message["calls"] | null {
  const output = attributes["output.value"];
  if (typeof output !== "string" || !/"invalid_tool_calls":\s*\[\s*\{/.test(output)) return null;
  const calls = answerIn(output)?.message.calls ?? [];
  return calls.length === 0 ? null : calls;
}

function definitions(value: unknown): ToolDefinition[] | null {
  const parsed = fromJson(value);
  if (parsed === undefined || parsed === null) return null;
  const tools = toolsOf(parsed);
  return tools.length === 0 ? null : tools;
}
