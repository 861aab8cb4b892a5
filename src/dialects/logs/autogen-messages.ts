import type { Emit, LogDialect } from "../../records/dialect.ts";
import type { LogRecord } from "../../records/records.ts";
import { chatCall, contentText } from "./chat.ts";
import { isFields, listOf, objectOf, stringOf } from "./json.ts";
import type { Fields } from "./json.ts";
import { createRepeats } from "./repeats.ts";
import type { Repeats } from "./repeats.ts";
import { voiceOf } from "./say.ts";

/** AgentChat's messages as JSON: `model_dump_json()`, `dump()`, and what users' own JSON loggers make of them. */
export const autogenMessages: LogDialect = {
  name: "autogen-messages",
  literals: ["toolcallrequestevent", "toolcallexecutionevent", "toolcallsummarymessage"],
  open() {
    const repeats = createRepeats();
    return {
      read(record, emit) {
        const message = objectOf(record);
        const own = isFields(message["message"])
          ? message["message"]
          : isFields(message["event"])
            ? message["event"]
            : message;
        return readAgentchat(own, record, emit, repeats) ? "claimed" : "none";
      },
    };
  },
};

/** Reads one message; false when it is none that tells of calls. */
export function readAgentchat(message: Fields, record: LogRecord, emit: Emit, repeats: Repeats): boolean {
  const agent = stringOf(message["source"]);
  const voice = voiceOf(record, emit, { framework: "autogen", ...(agent === null ? {} : { agent }) });
  const content = listOf(message["content"]).filter(isFields);
  switch (message["type"]) {
    case "ToolCallRequestEvent":
      if (repeats.has(content.map(chatCall))) return true;
      for (const [n, call] of content.map(chatCall).entries()) {
        voice.requested(call, n);
        voice.started(call);
      }
      return true;
    case "ToolCallExecutionEvent":
      for (const item of content) {
        voice.returned({
          callId: stringOf(item["call_id"]),
          tool: stringOf(item["name"]),
          content: contentText(item["content"]) ?? "",
          isError: typeof item["is_error"] === "boolean" ? item["is_error"] : null,
        });
      }
      return true;
    case "ToolCallSummaryMessage":
      return true;
    default:
      return false;
  }
}
