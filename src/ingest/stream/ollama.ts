import { messageOf } from "../messages/messages.ts";
import { firstText, object, text } from "../json/access.ts";
import { emptyMessage, type Assembler } from "./assembled.ts";

/** Ollama's lines: `message.content` in pieces, calls whole, the last with `done: true` and `done_reason`. */
export function ollamaStream(): Assembler {
  const message = emptyMessage();
  const texts: string[] = [];
  let model: string | null = null;
  let finishReason: string | null = null;
  let complete = false;

  return {
    push(event) {
      model ??= firstText(event["model"]);
      const piece = object(event["message"]);
      texts.push(text(piece["content"]) ?? "");
      message.calls.push(...(messageOf({ role: "assistant", tool_calls: piece["tool_calls"] })?.calls ?? []));
      finishReason = firstText(event["done_reason"]) ?? finishReason;
      complete ||= event["done"] === true;
    },
    result() {
      const said = texts.join("");
      return {
        model,
        message: { ...message, text: said === "" ? null : said },
        finishReason,
        complete,
        error: null,
        faults: [],
      };
    },
  };
}
