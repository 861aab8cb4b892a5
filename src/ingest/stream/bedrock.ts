import { firstText, object, text, type Json } from "../json/access.ts";
import type { Assembler } from "./assembled.ts";
import { callSlots } from "./slots.ts";

/** Bedrock's ConverseStream events: `contentBlockStart.start.toolUse`, `contentBlockDelta.delta.toolUse.input`, `messageStop`. */
export function bedrockStream(): Assembler {
  const slots = callSlots();
  const texts: string[] = [];
  let finishReason: string | null = null;

  return {
    push(event) {
      const start = object(event["contentBlockStart"]);
      const delta = object(event["contentBlockDelta"]);
      const tool = object(object(start["start"])["toolUse"]);
      if ("toolUseId" in tool)
        slots.push({
          index: indexOf(start),
          id: firstText(tool["toolUseId"]),
          name: firstText(tool["name"]),
          arguments: null,
        });
      const piece = object(delta["delta"]);
      if ("toolUse" in piece)
        slots.push({ index: indexOf(delta), id: null, name: null, arguments: text(object(piece["toolUse"])["input"]) });
      texts.push(text(piece["text"]) ?? "");
      finishReason = firstText(object(event["messageStop"])["stopReason"]) ?? finishReason;
    },
    result() {
      const said = texts.join("");
      const complete = finishReason !== null;
      return {
        model: null,
        message: { role: "assistant", text: said === "" ? null : said, calls: slots.calls(), results: [] },
        finishReason,
        complete,
        error: null,
        faults: slots.faults(complete),
      };
    },
  };
}

function indexOf(event: Json): number | null {
  return typeof event["contentBlockIndex"] === "number" ? event["contentBlockIndex"] : null;
}
