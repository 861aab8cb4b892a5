import { messageOf } from "../../ingest/messages/messages.ts";
import { parseJson } from "./json.ts";
import { scanEnd } from "./scan-end.ts";
import type { Voice } from "./say.ts";

/** `tool get_order -> {...}`, and `get_order {"id": 7} => {...}`: what a loop prints of a call once it is answered. */
export function readArrow(text: string, voice: Voice): boolean {
  const found = ARROW.exec(text);
  if (found !== null) {
    voice.requested({ id: null, name: found[1]!, argumentsRaw: null }, 0);
    voice.returned({ callId: null, tool: found[1]!, content: text.slice(found[0].length), isError: null });
    return true;
  }
  const name = PAIR.exec(text);
  const end = name === null ? -1 : scanEnd(text, name[0].length);
  const mark = end === -1 ? null : /^ => (?=[{["])/.exec(text.slice(end, end + 5));
  if (name === null || mark === null) return false;
  const [tool, argumentsRaw] = [name[1]!, text.slice(name[0].length, end)];
  voice.requested({ id: null, name: tool, argumentsRaw }, 0);
  voice.returned({ callId: null, tool, content: text.slice(end + mark[0].length), isError: null });
  return true;
}

/** Parts of a message of Anthropic's, Gemini's or Bedrock's API, and LangChain's calls, as programs print them: `[{"type":"tool_use",...}]`. */
export function readBlocks(text: string, voice: Voice): boolean {
  const start = text.search(PARTS);
  const end = start === -1 || start > 200 ? -1 : scanEnd(text, start);
  const blocks = end === -1 ? undefined : parseJson(text.slice(start, end));
  if (!Array.isArray(blocks)) return false;
  const message = messageOf({ role: "assistant", content: blocks });
  if (message === null) return false;
  const { calls, results } = message;
  calls.forEach((call, n) => voice.requested(call, n));
  for (const result of results) voice.returned(result);
  return calls.length + results.length > 0;
}

const PARTS =
  /\[\{"(?:type": ?"tool_(?:use|result)|functionCall|functionResponse|toolUse|toolResult|name": ?"[\w.-]{1,100}", ?"args": ?\{[^\n]{0,4000}?"type": ?"tool_call)"/;
const ARROW = /^tool ['"`]?([A-Za-z_][\w.-]{0,100})['"`]? -> (?=[{["])/i;
const PAIR = /^(?!(?:data|event|id|info|warn|error|debug)\b)([A-Za-z_][\w.-]{0,100}) (?=\{)/i;
