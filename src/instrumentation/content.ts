import { redact } from "../records/redact.ts";
import type { Message } from "../records/records.ts";
import { settings } from "./settings.ts";

/** A text as it may be recorded: secrets replaced, cut at the limit with the number of what is missing. */
export function recordable(text: string): string {
  const { maxText } = settings();
  if (text.length <= maxText) return redact(text);
  // A secret that the limit cuts in two is none any more to the eye of `redact`: it sees more than is kept.
  const seen = redact(text.slice(0, maxText + MARGIN));
  const kept = seen.slice(0, Math.min(maxText, text.length > maxText + MARGIN ? seen.length - MARGIN : seen.length));
  return `${kept}... [${text.length - maxText} more characters]`;
}

const MARGIN = 4096;

/** Words of an error without what they quote of the arguments; V8's and the AI SDK's. Whole where content is recorded. */
export function errorWords(text: string): string {
  const { content, args } = settings();
  if (content || args) return text;
  return text
    .replace(/\b(?:Text|Value): [^]*?(?=Error message:)/, "")
    .replace(/(?:\.\.\.)?"[^]*"(?:\.\.\. )?(?= is not valid JSON)/, '"..."');
}

/**
 * Messages as the JSON of `gen_ai.input.messages` and `gen_ai.output.messages`. Without content only the calls are
 * there, by id and name. Arguments are the text that the model wrote, parsed or not.
 */
export function messagesJson(messages: readonly Message[], finishReason?: string | null): string {
  return JSON.stringify(messages.map((message) => toParts(message, finishReason)));
}

function toParts(message: Message, finishReason: string | null | undefined): Record<string, unknown> {
  const { content, args } = settings();
  const parts: Record<string, unknown>[] = [];
  if (content && message.text !== null) parts.push({ type: "text", content: recordable(message.text) });
  for (const call of message.calls) {
    const shown = (content || args) && call.argumentsRaw !== null ? { arguments: recordable(call.argumentsRaw) } : {};
    parts.push({ type: "tool_call", id: call.id, name: call.name, ...shown });
  }
  for (const result of message.results)
    parts.push({
      type: "tool_call_response",
      id: result.callId,
      ...(content ? { response: recordable(result.content) } : {}),
      ...(result.isError === null ? {} : { is_error: result.isError }),
    });
  return { role: message.role, parts, ...(finishReason ? { finish_reason: finishReason } : {}) };
}
