import type { LogDialect } from "../../records/dialect.ts";
import { parseInspect } from "./inspect.ts";
import { isFields } from "./json.ts";
import type { Fields } from "./json.ts";
import { voiceOf } from "./say.ts";
import { readParts } from "./sdk-parts.ts";
import { readMessage, readCallLine } from "./structured.ts";

/** Objects that a Node program printed with `console.log`: messages, calls, and parts of the AI SDK. */
export const nodeInspect: LogDialect = {
  name: "node-inspect",
  literals: ["toolcallid: '", "toolname: '", "tool_calls: [", "tool_call_id: '", "tool call {"],
  open: () => ({
    read(record, emit) {
      const at = OBJECT.exec(record.text);
      const value = at === null ? null : parseInspect(record.text, at.index + at[0].length - 1)?.value;
      if (!isFields(value)) return "none";
      const voice = voiceOf(record, emit);
      const fields: Fields = value;
      if (isFailure(fields))
        voice.text("exception", record.text, {
          flagged: true,
          tool: String(fields["toolName"]),
          callId: String(fields["toolCallId"]),
        });
      if (readMessage("role" in fields ? fields : { role: "assistant", ...fields }, voice)) return "claimed";
      return readParts(fields, voice) || readCallLine(fields, record, voice) ? "claimed" : "none";
    },
  }),
};

/** The words before an object: few, and no JSON. */
const OBJECT = /^[^{\n]{0,120}\{(?=\s)/;

/** A thrown error was printed with its stack and causes: all of it is looked at. */
function isFailure({ type, toolName, toolCallId }: Fields): boolean {
  return type === "tool-error" && typeof toolName === "string" && typeof toolCallId === "string";
}
