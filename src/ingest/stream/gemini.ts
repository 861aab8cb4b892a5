import { modelOf } from "../messages/answer.ts";
import { addPart } from "../messages/parts.ts";
import { firstText, object, objects } from "../json/access.ts";
import { emptyMessage, type Assembler } from "./assembled.ts";

/** Gemini chunks: each holds whole parts of `candidates[0].content`; the last has a `finishReason`. */
export function geminiStream(): Assembler {
  const message = emptyMessage();
  const texts: string[] = [];
  let model: string | null = null;
  let finishReason: string | null = null;

  return {
    push(event) {
      model ??= modelOf(event);
      const candidate = objects(event["candidates"])[0] ?? {};
      for (const part of objects(object(candidate["content"])["parts"])) {
        if (typeof part["text"] !== "string") addPart(part, message);
        else if (part["thought"] !== true) texts.push(part["text"]);
      }
      finishReason = firstText(candidate["finishReason"], candidate["finish_reason"]) ?? finishReason;
    },
    result() {
      const said = texts.join("");
      return {
        model,
        message: { ...message, text: said === "" ? null : said },
        finishReason,
        complete: finishReason !== null,
        error: null,
        faults: [],
      };
    },
  };
}
