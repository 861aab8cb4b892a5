import type { Exchange, Message } from "../../records/records.ts";
import { firstText, object, objects, type Json } from "../../ingest/json/access.ts";
import { answerOf, merged } from "../../ingest/messages/answer.ts";
import { finishReasonOf } from "../../ingest/messages/finish.ts";
import { messageOf, messagesOf } from "../../ingest/messages/messages.ts";
import { parsePython } from "../logs/python-repr.ts";
import { fromJson } from "./attributes.ts";

/** The history in the input of a model span that holds a request as JSON: `{messages}`, `[[...]]`, `{input}`, `{contents}`, or the list itself. */
export function historyOf(value: unknown): Message[] | null {
  const parsed = fromJson(value);
  if (typeof parsed === "string") return parsed === "" ? null : messagesOf(parsed);
  const list = Array.isArray(parsed) ? parsed : listIn(object(parsed));
  if (list === null) return null;
  const messages = messagesOf(list);
  return messages.length === 0 ? null : messages;
}

const HISTORY_KEYS = ["messages", "input", "contents", "inputs", "prompt", "args", "request", "kwargs", "llm_input"];

function listIn(json: Json, depth = 0): unknown {
  for (const key of HISTORY_KEYS) {
    const value = json[key];
    if (Array.isArray(value) || (typeof value === "string" && value !== "")) return value;
    if (depth < 3 && typeof value === "object" && value !== null) {
      const found = listIn(value as Json, depth + 1);
      if (found !== null) return found;
    }
  }
  return "role" in json ? [json] : null;
}

/**
 * The answer in the output of a model span: a provider's response, LangChain's `generations`, AutoGen's CreateResult, a list of
 * calls or of messages, one message, or the text alone.
 */
export function answerIn(value: unknown, depth = 0): Exchange["answer"] {
  if (depth > MAX_DEPTH) return null;
  const parsed = fromJson(value);
  if (typeof parsed === "string")
    return parsed === "" ? null : answer({ role: "assistant", text: parsed, calls: [], results: [] }, null);
  if (Array.isArray(parsed)) {
    if (parsed.length === 0) return null;
    if (objects(parsed).every(isCall)) return answer(messageOf({ role: "assistant", tool_calls: parsed }), null);
    const messages = messagesOf(parsed).filter(({ role }) => role === "assistant");
    return messages.length === 0 ? null : answer(merged(messages), finishIn(objects(parsed).at(-1)));
  }
  const json = object(parsed);
  const generation = firstGeneration(json);
  if (generation !== null)
    return answer(
      messageOf(generation["message"]) ?? {
        role: "assistant",
        text: firstText(generation["text"]),
        calls: [],
        results: [],
      },
      finishIn(generation),
    );
  const known = answerOf(json);
  if (known !== null) return known;
  for (const key of ["output", "message", "response", "result", "outputs"])
    if (typeof json[key] === "object" && json[key] !== null) return answerIn(json[key], depth + 1);
  const message = messageOf({ ...json, role: "assistant", content: json["content"] ?? json["text"] ?? null });
  const says = ["content", "text", "tool_calls", "toolCalls"].some((key) => key in json);
  return says
    ? answer(message, finishIn(json))
    : typeof json["output"] === "string"
      ? answerIn(json["output"], depth + 1)
      : null;
}

const MAX_DEPTH = 6;

export function isCall(item: Json): boolean {
  return (
    ("function" in item && "id" in item) ||
    ("toolCallId" in item && "toolName" in item) ||
    (typeof item["name"] === "string" && ("arguments" in item || "args" in item) && !("role" in item))
  );
}

/** LangChain: `{generations: [[{text, generation_info, message}]]}`. */
function firstGeneration(json: Json): Json | null {
  const list = json["generations"];
  const first = Array.isArray(list)
    ? Array.isArray(list[0])
      ? (list[0] as unknown[])[0]
      : (list[0] as unknown)
    : null;
  return typeof first === "object" && first !== null ? (first as Json) : null;
}

function finishIn(json: Json | undefined): string | null {
  if (json === undefined) return null;
  const kwargs = object(object(json["message"])["kwargs"]);
  const metadata = object(
    kwargs["response_metadata"] ?? json["response_metadata"] ?? object(json["message"])["response_metadata"],
  );
  const info = object(json["generation_info"] ?? json["generationInfo"]);
  return finishReasonOf(
    firstText(
      json["finish_reason"],
      json["finishReason"],
      info["finish_reason"],
      info["finishReason"],
      metadata["finish_reason"],
      metadata["stop_reason"],
    ),
  );
}

function answer(message: Message | null, finishReason: string | null): Exchange["answer"] {
  if (message === null) return null;
  return { message, finishReason, complete: true };
}

/** A dict printed by Python as the answer of a model (`{'content': None, 'tool_calls': [...]}`); null when it is none. */
export function reprAnswer(text: string | null): Exchange["answer"] {
  if (text === null || !text.startsWith("{'")) return null;
  return answerIn(parsePython(text)?.value ?? null);
}
