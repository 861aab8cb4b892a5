import type { LogDialect } from "../../records/dialect.ts";
import { chatCall } from "./chat.ts";
import { isFields, jsonText, listOf, parseJson } from "./json.ts";
import { parsePython } from "./python-repr.ts";
import { voiceOf } from "./say.ts";
import type { Voice } from "./say.ts";

/** Messages as LangChain's `pretty_print` shows them, and short prints of messages (`AIMessage [{...}]`, `[tool] ...`). */
export const langchainPrint: LogDialect = {
  name: "langchain-print",
  literals: [
    " ai message ===",
    " tool message ===",
    " human message ===",
    " call id: ",
    "'type': 'tool_call'",
    '"type":"tool_call"',
    "toolmessage ",
    "toolmessage(",
    "aimessage(",
    "[tool] ",
  ],
  open: () => ({
    read(record, emit) {
      const voice = voiceOf(record, emit, { framework: "langchain" });
      if (BANNER.test(record.text)) {
        for (const block of record.text.split(/^(?==+ (?:Ai|Tool|Human|System) Message =+$)/m)) readBlock(block, voice);
        return "claimed";
      }
      if (CALLS.test(record.text)) {
        readCalls(record.text, voice);
        return "claimed";
      }
      return readShort(record.text, voice) ? "claimed" : "none";
    },
  }),
};

const BANNER = /^={10,} (Ai|Tool|Human|System) Message ={10,}$/m;
/** The calls of a message, framed without its banner. */
const CALLS = /^(?:Invalid )?Tool Calls:\n {2}\S/;
const CALL = /^ {2}(\S+) \((.*)\)\n Call ID: (.*)\n {2}Args:((?:\n {4}.*)*)/gm;

function readBlock(block: string, voice: Voice): void {
  const kind = BANNER.exec(block)?.[1];
  const newline = block.indexOf("\n");
  // a framer may have cut the message off its banner
  if (newline === -1) return;
  const body = block.slice(newline + 1);
  if (kind === "Human") voice.fact({ kind: "run-started", name: null }, body);
  if (kind === "Tool") {
    const name = /^Name: (.*)\n/.exec(body);
    voice.returned({
      callId: null,
      tool: name?.[1] ?? null,
      content: body.slice(name?.[0].length ?? 0).trim(),
      isError: null,
    });
  }
  if (kind !== "Ai") return;
  const valid = readCalls(body, voice);
  const cut = valid.search(/^Tool Calls:$/m);
  const text = valid.slice(0, cut === -1 ? undefined : cut).trim();
  if (text !== "") voice.text("model-text", text);
}

const INVALID = /^(\S+) \((.*)\)\n Call ID: (.*)/;

/** Gives back the part before the calls that could not be parsed. */
function readCalls(body: string, voice: Voice): string {
  const [valid = "", invalid = ""] = body.split(/^Invalid Tool Calls:$/m, 2);
  [...valid.matchAll(CALL)].forEach(([, name, , id, args], n) =>
    voice.requested({ id: id!, name: name!, argumentsRaw: argumentsOf(args!), parsed: true }, n),
  );
  for (const [n, part] of invalid.split(/^ {2}(?=\S+ \(.*\)\n Call ID: )/m).entries()) {
    const [, name, , id] = INVALID.exec(part) ?? [];
    if (name === undefined || id === undefined) continue;
    const at = part.search(/^ {2}Args:/m);
    const raw = at === -1 ? null : part.slice(at + "  Args:".length).trim();
    const reason = /^ {2}Error: ([^]*)$/m.exec(at === -1 ? part : part.slice(0, at))?.[1]?.trim() ?? null;
    voice.refused({ id, name, argumentsRaw: raw }, 100 + n, reason);
  }
  return valid;
}

/** `    key: value` lines: the values' types are lost in print. */
function argumentsOf(lines: string): string {
  const entries = [...lines.matchAll(/^ {4}([\w.-]+): (.*)$/gm)].map(([, key, value]) => [key, value] as const);
  return jsonText(Object.fromEntries(entries));
}

const SHORT_TOOL = /^(?:ToolMessage (error|success) |\[tool\] )/;

function readShort(text: string, voice: Voice): boolean {
  const tool = SHORT_TOOL.exec(text);
  if (tool !== null) {
    const content = text.slice(tool[0].length);
    if (tool[1] === undefined && / => /.test(content.slice(0, 400))) return false;
    voice.returned({ callId: null, tool: null, content, isError: tool[1] === undefined ? null : tool[1] === "error" });
    return true;
  }
  const at = LIST.exec(text)?.index;
  if (at === undefined || !SPEAKER.test(text.slice(0, at))) return false;
  const from = text.indexOf("[{", at);
  const value = parsePython(text, from)?.value ?? parseJson(text.slice(from));
  const calls = listOf(value).filter(isFields);
  calls.map(chatCall).forEach((call, n) => voice.requested(call, n));
  return calls.length > 0;
}

const LIST = /\[\{['"](?:name|args|id|type)['"]: ?/;
const SPEAKER = /^(?:AIMessage(?:Chunk)?|\[ai\]|ai|AI|assistant|tool_calls?)(?=[\s:=(]|$)[^\n]{0,200}$/;
