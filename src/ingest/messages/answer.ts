import type { Exchange, Message } from "../../records/records.ts";
import { firstText, object, objects, type Json } from "../json/access.ts";
import { finishReasonOf } from "./finish.ts";
import { messageOf, messagesOf } from "./messages.ts";

/**
 * The model's answer in a response body: OpenAI Chat (`choices`), Responses (`output`), Anthropic (`content` with
 * `stop_reason`), Gemini (`candidates`), Bedrock (`output.message`), Ollama (`message` with `done`), Cohere. Null where there is none.
 */
export function answerOf(body: unknown): Exchange["answer"] {
  const json = object(body);
  for (const read of READERS) {
    const answer = read(json);
    if (answer !== null) return answer;
  }
  return null;
}

type Answer = NonNullable<Exchange["answer"]>;

const READERS: readonly ((json: Json) => Answer | null)[] = [
  // OpenAI Chat and what imitates it. A choice with `text` is the old completion.
  (json) => {
    const choice = objects(json["choices"])[0];
    if (choice === undefined)
      return Array.isArray(json["choices"]) && json["object"] === "chat.completion" ? answer(null, null) : null;
    const message = messageOf({ role: "assistant", ...object(choice["message"] ?? { content: choice["text"] }) });
    return answer(message, choice["finish_reason"] ?? choice["finishReason"] ?? choice["native_finish_reason"]);
  },
  (json) => {
    if (!Array.isArray(json["output"])) return null;
    const messages = messagesOf(json["output"]).filter(({ role }) => role === "assistant");
    const status = json["status"];
    const incomplete = object(json["incomplete_details"])["reason"];
    const reason =
      incomplete ?? (messages.some(({ calls }) => calls.length > 0) && status === "completed" ? "tool_calls" : status);
    return { ...answer(merged(messages), reason), complete: status !== "in_progress" && status !== "failed" };
  },
  (json) =>
    Array.isArray(json["content"]) && ("stop_reason" in json || json["role"] === "assistant")
      ? answer(messageOf({ role: "assistant", content: json["content"] }), json["stop_reason"])
      : null,
  (json) => {
    const blocked = object(json["promptFeedback"] ?? json["prompt_feedback"]);
    const reason = blocked["blockReason"] ?? blocked["block_reason"];
    if (!Array.isArray(json["candidates"])) return reason === undefined ? null : answer(null, "content_filter");
    const candidate = objects(json["candidates"])[0] ?? {};
    return answer(
      messageOf({ role: "assistant", parts: object(candidate["content"])["parts"] ?? [] }),
      candidate["finishReason"] ?? candidate["finish_reason"],
    );
  },
  (json) => {
    const message = object(object(json["output"])["message"]);
    return "content" in message
      ? answer(messageOf({ role: "assistant", content: message["content"] }), json["stopReason"])
      : null;
  },
  (json) => {
    const message = object(json["message"]);
    if (!("content" in message) && !("tool_calls" in message)) return null;
    return {
      ...answer(messageOf({ ...message, role: "assistant" }), json["done_reason"] ?? json["finish_reason"]),
      complete: json["done"] !== false,
    };
  },
];

function answer(message: Message | null, reason: unknown): Answer {
  return {
    message: message ?? { role: "assistant", text: null, calls: [], results: [] },
    finishReason: finishReasonOf(reason),
    complete: true,
  };
}

/** The items of one answer as one message. */
export function merged(messages: readonly Message[]): Message {
  const texts = messages.map(({ text }) => text).filter((text) => text !== null);
  return {
    role: "assistant",
    text: texts.length > 0 ? texts.join("\n") : null,
    calls: messages.flatMap(({ calls }) => calls),
    results: messages.flatMap(({ results }) => results),
  };
}

/** The model that answered, as the body names it. */
export function modelOf(body: unknown): string | null {
  const json = object(body);
  return firstText(json["model"], json["modelVersion"], json["model_version"]);
}
