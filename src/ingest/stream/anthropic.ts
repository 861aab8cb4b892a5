import type { Exchange } from "../../records/records.ts";
import { errorOf } from "../messages/error.ts";
import { firstText, object, text, textOf } from "../json/access.ts";
import type { Assembler } from "./assembled.ts";
import { callSlots } from "./slots.ts";

/** Anthropic events: `content_block_start` and deltas by block index, `message_delta` with the stop reason, `message_stop`. */
export function anthropicStream(): Assembler {
  const slots = callSlots();
  const texts: string[] = [];
  let model: string | null = null;
  let finishReason: string | null = null;
  let complete = false;
  let error: Exchange["error"] = null;

  return {
    push(event) {
      const type = event["type"];
      const index = typeof event["index"] === "number" ? event["index"] : null;
      const block = object(event["content_block"]);
      const delta = object(event["delta"]);
      model ??= firstText(object(event["message"])["model"]);
      if (type === "content_block_start" && (block["type"] === "tool_use" || block["type"] === "mcp_tool_use")) {
        const input = textOf(block["input"]);
        slots.push({
          index,
          id: firstText(block["id"]),
          name: firstText(block["name"]),
          arguments: input === "{}" ? null : input,
        });
      } else if (type === "content_block_start") texts.push(text(block["text"]) ?? "");
      else if (delta["type"] === "text_delta") texts.push(text(delta["text"]) ?? "");
      else if (delta["type"] === "input_json_delta")
        slots.push({ index, id: null, name: null, arguments: text(delta["partial_json"]) });
      else if (type === "message_delta") finishReason = firstText(delta["stop_reason"]) ?? finishReason;
      else if (type === "message_stop") complete = true;
      else if (type === "error") error = errorOf(event, null);
    },
    result() {
      const said = texts.join("");
      // A call without arguments sends no delta at all: its input is the empty object.
      const calls = slots
        .calls()
        .map((call) => (call.argumentsRaw === null && finishReason !== null ? { ...call, argumentsRaw: "{}" } : call));
      const ended = complete || finishReason !== null;
      return {
        model,
        message: { role: "assistant", text: said === "" ? null : said, calls, results: [] },
        finishReason,
        complete: ended,
        error,
        faults: slots.faults(ended),
      };
    },
  };
}
