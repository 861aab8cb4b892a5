import type { Message } from "../records/records.ts";
import { firstText, object, type Json } from "../ingest/json/access.ts";
import { finishReasonOf } from "../ingest/messages/finish.ts";
import { messageOf } from "../ingest/messages/messages.ts";
import { fromJson } from "./spans/attributes.ts";

/**
 * The message in an event of the GenAI conventions up to 1.36 (`gen_ai.user.message`, `gen_ai.choice`, ...), whose fields
 * are the attributes of a span event or the body of a log record. Semantic Kernel has all of it as JSON in `gen_ai.event.content`.
 */
export function eventMessage(name: string, fields: Json): EventMessage | null {
  const role = EVENT_ROLES[name];
  if (role === undefined) return null;
  const content = object(fromJson(fields["gen_ai.event.content"]));
  const body = Object.keys(content).length > 0 ? content : fields;
  const inner = object(fromJson(body["message"]));
  const has = Object.keys(inner).length > 0;
  const calls = fromJson(inner["tool_calls"] ?? body["tool_calls"]);
  const message = messageOf({
    ...(has ? inner : {}),
    role,
    content: fromJson(has ? (inner["content"] ?? inner["parts"]) : (body["content"] ?? body["message"] ?? null)),
    ...(calls === undefined ? {} : { tool_calls: calls }),
    ...(role === "tool"
      ? { tool_call_id: body["id"] ?? body["tool_call_id"] ?? inner["id"], name: body["name"] ?? inner["name"] }
      : {}),
  });
  if (message === null) return null;
  // a choice with neither a text nor calls under any name was recorded without its content
  if (name === "gen_ai.choice" && !has && !CONTENT.some((key) => key in body)) return null;
  return {
    message,
    isAnswer: name === "gen_ai.choice",
    finishReason: finishReasonOf(firstText(body["finish_reason"], inner["finish_reason"])),
  };
}

const CONTENT = ["content", "tool_calls", "message"];

export interface EventMessage {
  message: Message;
  isAnswer: boolean;
  finishReason: string | null;
}

const EVENT_ROLES: Record<string, string> = {
  "gen_ai.system.message": "system",
  "gen_ai.user.message": "user",
  "gen_ai.assistant.message": "assistant",
  "gen_ai.tool.message": "tool",
  "gen_ai.tool.developer": "system",
  "gen_ai.choice": "assistant",
};
