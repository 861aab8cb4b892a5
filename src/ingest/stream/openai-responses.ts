import type { Exchange } from "../../records/records.ts";
import { answerOf } from "../messages/answer.ts";
import { errorOf } from "../messages/error.ts";
import { firstText, object, text } from "../json/access.ts";
import type { Assembler } from "./assembled.ts";
import { callSlots } from "./slots.ts";

/** Responses events: items are added, their arguments and texts come as deltas, `response.completed` holds the whole answer. */
export function openaiResponsesStream(): Assembler {
  const slots = callSlots();
  const texts: string[] = [];
  const seen = new Set<unknown>();
  let model: string | null = null;
  let error: Exchange["error"] = null;
  let whole: Exchange["answer"] = null;

  return {
    push(event) {
      const type = text(event["type"]) ?? "";
      const item = object(event["item"]);
      const response = object(event["response"]);
      model ??= firstText(response["model"]);
      if (type === "response.output_text.delta" || type === "response.refusal.delta")
        texts.push(text(event["delta"]) ?? "");
      else if (type === "response.output_item.added" && CALLS.has(String(item["type"]))) {
        slots.push({
          index: key(event["output_index"]),
          id: firstText(item["call_id"], item["id"]),
          name: firstText(item["name"]),
          arguments: null,
        });
      } else if (
        type === "response.function_call_arguments.delta" ||
        type === "response.custom_tool_call_input.delta" ||
        type === "response.mcp_call_arguments.delta"
      ) {
        seen.add(event["output_index"]);
        slots.push({ index: key(event["output_index"]), id: null, name: null, arguments: text(event["delta"]) });
      } else if (type === "response.function_call_arguments.done" && !seen.has(event["output_index"])) {
        slots.push({ index: key(event["output_index"]), id: null, name: null, arguments: text(event["arguments"]) });
      } else if (type === "response.completed" || type === "response.incomplete" || type === "response.failed") {
        whole = answerOf(response);
        if (type === "response.failed") error = errorOf(response, null);
      } else if (type === "error") error = errorOf({ error: event["error"] ?? event }, null);
    },
    result() {
      const said = texts.join("");
      if (whole !== null)
        return {
          model,
          message: whole.message,
          finishReason: whole.finishReason,
          complete: error === null,
          error,
          faults: [],
        };
      const message = { role: "assistant", text: said === "" ? null : said, calls: slots.calls(), results: [] };
      return { model, message, finishReason: null, complete: false, error, faults: slots.faults(false) };
    },
  };
}

const CALLS = new Set(["function_call", "custom_tool_call", "mcp_call"]);

function key(index: unknown): number | null {
  return typeof index === "number" ? index : null;
}
