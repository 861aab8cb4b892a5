import type { LogDialect } from "../../records/dialect.ts";
import { scanEnd } from "./scan-end.ts";
import { voiceOf } from "./say.ts";
import type { Voice } from "./say.ts";

/**
 * Sentences in which programs tell of calls: `calling get_order {"id": 7} (call_1)`, `tool get_order({...})`,
 * `result of call_1: ...`, `tool get_order failed: ...`. A result is claimed with all that it talks about.
 */
export const prose: LogDialect = {
  name: "prose",
  literals: ["calling ", "invoking ", "tool ", "result of ", "result for ", "[tool] "],
  open: () => ({
    read(record, emit) {
      if (record.text.length > 1 << 20) return "none";
      const voice = voiceOf(record, emit);
      return readCall(record.text, voice) || readResult(record.text, voice) || readFailure(record.text, voice)
        ? "claimed"
        : "none";
    },
  }),
};

const CALL =
  /^(?:(?:calling|invoking|executing|running)(?: (?:the )?(?:tool|function))?|tool(?: call)?:?|->|\[tool\])\s+['"`]?([A-Za-z_][\w.-]{0,100})['"`]?(?: with(?: (?:args|arguments|input|params|parameters))?:?)?\s*\(?(?=\{)/i;
const ID = /^\)?\s*\(?((?:call|toolu|fc)_[\w-]{1,80})\)?\s*$/;
const SHOWN = /^\)?\s*(?:=>|->)\s+/;

function readCall(text: string, voice: Voice): boolean {
  const found = CALL.exec(text);
  if (found === null) return false;
  const end = scanEnd(text, found[0].length);
  if (end === -1) return false;
  const [argumentsRaw, rest, name] = [text.slice(found[0].length, end), text.slice(end), found[1]!];
  const id = ID.exec(rest)?.[1] ?? null;
  const shown = SHOWN.exec(rest);
  if (id === null && shown === null && rest.replace(")", "").trim() !== "") return false;
  voice.requested({ id, name, argumentsRaw }, 0);
  if (shown !== null) voice.returned({ callId: id, tool: name, content: rest.slice(shown[0].length), isError: null });
  return true;
}

const RESULT =
  /^(?:tool )?(?:call )?result (?:of|for|from) (?:(?:tool|call|function) )?['"`]?([A-Za-z_][\w.-]{0,100})['"`]?(?: \(((?:call|toolu|fc)_[\w-]{1,80})\))?: ?/i;

function readResult(text: string, voice: Voice): boolean {
  const found = RESULT.exec(text);
  if (found === null) return false;
  const isId = /^(?:call|toolu|fc)_/.test(found[1]!);
  voice.returned({
    callId: isId ? found[1]! : (found[2] ?? null),
    tool: isId ? null : found[1]!,
    content: text.slice(found[0].length),
    isError: null,
  });
  return true;
}

const FAILURE = /^tool ['"`]?([A-Za-z_][\w.-]{0,100})['"`]? (?:failed|raised|errored)(?: with)?: /i;

function readFailure(text: string, voice: Voice): boolean {
  const found = FAILURE.exec(text);
  if (found === null) return false;
  const [message, tool] = [text.slice(found[0].length), found[1]!];
  voice.fact(
    {
      kind: "executed",
      callId: null,
      tool,
      argumentsRaw: null,
      outcome: "failed",
      error: { type: null, message, stack: null },
      durationNs: null,
    },
    message,
  );
  voice.text("tool-result", message, { flagged: true, tool });
  return true;
}
