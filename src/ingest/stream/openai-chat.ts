import { firstText, object, objects, text, textOf, type Json } from "../json/access.ts";
import type { Assembler } from "./assembled.ts";
import { callSlots, type CallDelta } from "./slots.ts";

/** OpenAI Chat chunks: `choices[0].delta` with `content`, `tool_calls[{index, id, function: {name, arguments}}]`, then a `finish_reason`. */
export function openaiChatStream(): Assembler {
  const slots = callSlots();
  const texts: string[] = [];
  let model: string | null = null;
  let finishReason: string | null = null;

  return {
    push(event) {
      model ??= firstText(event["model"]);
      const choice = objects(event["choices"]).find((each) => (each["index"] ?? 0) === 0);
      if (choice === undefined) return;
      const delta = object(choice["delta"] ?? choice["message"]);
      const said = text(delta["content"]) ?? text(choice["text"]) ?? text(delta["refusal"]);
      if (said !== null) texts.push(said);
      for (const call of objects(delta["tool_calls"])) slots.push(deltaOf(call));
      if (typeof delta["function_call"] === "object" && delta["function_call"] !== null)
        slots.push(deltaOf({ index: 0, function: delta["function_call"] }));
      finishReason = firstText(choice["finish_reason"]) ?? finishReason;
    },
    result() {
      const complete = finishReason !== null;
      const said = texts.join("");
      return {
        model,
        message: { role: "assistant", text: said === "" ? null : said, calls: slots.calls(), results: [] },
        finishReason,
        complete,
        error: null,
        faults: slots.faults(complete),
      };
    },
  };
}

function deltaOf(call: Json): CallDelta {
  const called = object(call["function"]);
  const index = call["index"];
  return {
    index: typeof index === "number" ? index : null,
    id: firstText(call["id"]),
    name: firstText(called["name"]),
    arguments: textOf(called["arguments"]),
  };
}
