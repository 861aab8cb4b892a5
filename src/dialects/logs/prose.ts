import type { LogDialect } from "../../records/dialect.ts";
import { parseInspect } from "./inspect.ts";
import { readArrow, readBlocks } from "./prose-answers.ts";
import { jsonText } from "./json.ts";
import { parsePython } from "./python-repr.ts";
import { scanEnd } from "./scan-end.ts";
import { voiceOf } from "./say.ts";
import type { Voice } from "./say.ts";

/**
 * Sentences in which programs tell of calls: `calling get_order {"id": 7} (call_1)`, `tool get_order({...})`,
 * `result of call_1: ...`, `tool get_order failed: ...`. A result is claimed with all that it talks about.
 */
export const prose: LogDialect = {
  name: "prose",
  literals: [
    "calling ",
    "invoking ",
    ": tool ",
    "] tool ",
    "- tool ",
    ':"tool ',
    ': "tool ',
    "running tool",
    "executing the tool",
    "tool result",
    " failed: ",
    " errored: ",
    " raised: ",
    "result of ",
    "result for ",
    "[tool] ",
    "tools: ",
    "tool: [",
    "tool: {",
    'tool: "',
    "model_request: ",
    "failed to ",
    "could not run function ",
    "output: ",
    "tool-result ",
    "observation: ",
    "call_model: ",
    '-> {"ok',
    '-> {"er',
    '-> {"re',
    '-> {"st',
    '-> {"su',
    '-> {"me',
    '-> "err',
    '"} => {',
    '"} => [',
    '"} => "',
    "}} => {",
    " with {'",
    ' with {"',
    '[{"type":"tool_',
    '[{"type": "tool_',
    '[{"name":"',
    '[{"name": "',
    '[{"functioncall"',
    '[{"functionresponse"',
    '[{"tooluse"',
    '[{"toolresult"',
    " threw ",
    "tool-error ",
  ],
  open: () => ({
    read(record, emit) {
      if (record.text.length > 1 << 20) return "none";
      const voice = voiceOf(record, emit);
      return readBlocks(record.text, voice) ||
        readCall(record.text, voice) ||
        readArrow(record.text, voice) ||
        readNode(record.text, voice) ||
        readResult(record.text, voice) ||
        readOutput(record.text, voice) ||
        readFailure(record.text, voice)
        ? "claimed"
        : "none";
    },
  }),
};

const CALL =
  /^(?:[\w.-]{1,60}:? )?(?:(?:call(?:ing|ed)|invoking|executing|running)(?: (?:the )?(?:tool|function))?|tool(?: call)?:?|->|\[tool\])\s+['"`]?(?!call\b|result\b|error\b|with\b)([A-Za-z_][\w.-]{0,100})['"`]?(?: with(?: (?:args|arguments|input|params|parameters))?:?)?\s*\(?(?=\{)/i;
const ID = /^\)?\s*\(?((?:call|toolu|fc)_[\w-]{1,80})\)?\s*$/;
const SHOWN = /^\)?\s*(?:=>|->)\s+/;

function readCall(text: string, voice: Voice): boolean {
  const found = CALL.exec(text);
  if (found === null) return false;
  const end = scanEnd(text, found[0].length);
  if (end === -1) return false;
  const [given, rest, name] = [text.slice(found[0].length, end), text.slice(end), found[1]!];
  const id = ID.exec(rest)?.[1] ?? null;
  const shown = SHOWN.exec(rest);
  if (id === null && shown === null && rest.replace(")", "").trim() !== "") return false;
  const keywords = shown !== null || found[0].endsWith("(") ? dictIn(given) : null;
  voice.requested({ id, name, argumentsRaw: keywords ?? given, ...(keywords === null ? {} : { parsed: true }) }, 0);
  if (shown !== null) voice.returned({ callId: id, tool: name, content: rest.slice(shown[0].length), isError: null });
  return true;
}

/** A program that shows a call it made prints the dict it gave: no model wrote its quotes. */
function dictIn(text: string): string | null {
  const read = text.startsWith("{'") ? parsePython(text) : null;
  return read !== null && read.end === text.length ? jsonText(read.value) : null;
}

const RESULT =
  /^(?:[\w.-]{1,60}:? )?(?:tool )?(?:call )?result (?:of|for|from) (?:(?:tool|call|function) )?['"`]?([A-Za-z_][\w.-]{0,100})['"`]?(?: \(((?:call|toolu|fc)_[\w-]{1,80})\))?: ?/i;

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

const SHOWN_RESULT =
  /^(?:(?:Tool )?(?:Output|Observation): |[Tt]ool output: |tool-result ([A-Za-z_][\w.-]{0,100}) )(?=\S)/;

/** A result as loops print it behind the call: `Output: "2 hits"`, `Observation: 7`, `tool-result get_order { id: 7 }`. */
function readOutput(text: string, voice: Voice): boolean {
  const found = SHOWN_RESULT.exec(text);
  if (found === null) return false;
  voice.returned({ callId: null, tool: found[1] ?? null, content: shown(text.slice(found[0].length)), isError: null });
  return true;
}

/** An object as Node prints it, as JSON: the form of a result is judged by its fields. */
function shown(content: string): string {
  const value = content.startsWith("{ ") ? parseInspect(content, 0)?.value : undefined;
  return value === undefined ? content : jsonText(value);
}

const NODE =
  /^(?:tools?|tool_node|ToolNode): (?=[[{"])|^(?:model_request|model|agent|call_model): (?=[A-Za-z_][\w.-]{0,100}\(\{)/;

/** Updates of a graph as programs print them, behind the node's name: `tools: [...]`, `model_request: search({...})`. */
function readNode(text: string, voice: Voice): boolean {
  const found = NODE.exec(text);
  if (found === null) return false;
  const body = text.slice(found[0].length);
  if (text.startsWith("tool") || text.startsWith("Tool"))
    voice.returned({ callId: null, tool: null, content: body, isError: null });
  else {
    const open = body.indexOf("(");
    const end = scanEnd(body, open + 1);
    if (end === -1) return false;
    voice.requested({ id: null, name: body.slice(0, open), argumentsRaw: body.slice(open + 1, end) }, 0);
  }
  return true;
}

/** How programs say that a call failed, with the tool's name in front of the words of the error. */
const FAILURES = [
  /^(?:[\w.-]{1,60}:? )?tool ['"`]?(?!(?:itself|that|which|has|have|had|was|is)\b)([A-Za-z_][\w.-]{0,100})['"`]? (?:\(remote:[\w.-]{1,100}\) )?(?:failed|raised|errored)(?: with)?: /i,
  /^(?:[A-Z]{4,8} - [\w.]{1,100} - {1,4})?Failed to (?:invoke|execute|call|run) (?:tool|function) ['"`]?([A-Za-z_][\w.-]{0,100})['"`]? with (?:parameters|arguments|args|input) \{[^\n]{0,4000}?\}[.:] (?:Error: )?/i,
  /^[^\n]{0,120}?failed to (?:invoke|stream) tool\[name:([A-Za-z_][\w.-]{0,100}) id:[\w.:-]{0,100}\]: /,
  /^(?:Function|Tool) ['"`]?([A-Za-z_][\w.-]{0,100})['"`]? threw (?:an? )?(?=[\w.]{0,60}(?:Error|Exception)\b)/,
  /^tool-error ([A-Za-z_][\w.-]{0,100}) (?=[\w.]{0,60}(?:Error|Exception)\b)/,
  /^Could not run function ([A-Za-z_][\w.-]{0,100})\([^\n]{0,4000}?\): /,
];

/** `tool call failed: ...` names no tool. */
const NOUN = /^(?:call|execution|invocation|run)$/i;

function readFailure(text: string, voice: Voice): boolean {
  const found = FAILURES.reduce<RegExpExecArray | null>((hit, form) => hit ?? form.exec(text), null);
  if (found === null) return false;
  const [message, tool] = [text.slice(found[0].length), found[1]!];
  if (NOUN.test(tool)) {
    voice.returned({ callId: null, tool: null, content: message, isError: true });
    return true;
  }
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
