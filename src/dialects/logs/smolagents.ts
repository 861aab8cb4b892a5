import type { LogDialect } from "../../records/dialect.ts";
import { jsonText } from "./json.ts";
import { openPanel } from "./panels.ts";
import { parsePython } from "./python-repr.ts";
import { voiceOf } from "./say.ts";

/** smolagents' console: a panel for each call, then `Observations:`, or the bare words of an error on a line of its own. */
export const smolagents: LogDialect = {
  name: "smolagents",
  literals: [
    "calling tool: '",
    "observations: ",
    "is not in the tool's input schema",
    "error executing tool '",
    "invalid call to tool '",
    "error while generating ",
    "error in generating ",
  ],
  open() {
    let tool: string | null = null;
    return {
      read(record, emit) {
        const voice = voiceOf(record, emit, { framework: "smolagents" });
        const body = openPanel(record.text)?.body ?? record.text;
        const call = CALL.exec(body);
        if (call !== null) {
          tool = call[1]!;
          const value = parsePython(call[2]!)?.value ?? null;
          voice.requested(
            { id: null, name: tool, argumentsRaw: value === null ? call[2]! : jsonText(value), parsed: value !== null },
            0,
          );
          return "claimed";
        }
        const unanswered = UNANSWERED.exec(record.text);
        if (unanswered !== null) {
          voice.text("model-error", unwrapped(record.text.slice(unanswered[0].length)), { flagged: true });
          return "claimed";
        }
        const isRefusal = REFUSAL.test(record.text);
        const observed = OBSERVED.exec(record.text);
        if (tool === null || (observed === null && !isRefusal)) return "none";
        const content = observed === null ? record.text : record.text.slice(observed[0].length);
        voice.returned({
          callId: null,
          tool,
          content: unwrapped(content),
          isError: isRefusal ? true : null,
        });
        return "claimed";
      },
    };
  },
};

/** rich leaves the blank at which it broke a line. */
function unwrapped(text: string): string {
  return text.replace(STEP, "").replaceAll(" \n", " ").trim();
}

const CALL = /^Calling tool: '([^'\n]{1,200})' with arguments: ([^]*)$/;
const UNANSWERED = /^Error (?:while generating (?:or parsing )?output|in generating (?:model|final LLM) output):\s/;
const OBSERVED = /^Observations:\s/;
const REFUSAL =
  /^(?:Argument \S{1,100} is not in the tool's input schema|(?:Error executing|Invalid call to) tool '|Unknown tool )/;
/** What follows in the same record: the end of the step, or the final answer, which repeats the result. */
const STEP = /\n(?:\[Step \d+:|Final answer: )[^]*$/;
