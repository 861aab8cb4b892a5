import type { Exchange, Message, RequestedCall, Span } from "../../records/records.ts";
import { callOf } from "../../ingest/messages/call.ts";
import { messagesOf } from "../../ingest/messages/messages.ts";
import { jsonText } from "../logs/json.ts";
import { parsePython } from "../logs/python-repr.ts";
import { scanEnd } from "../logs/scan-end.ts";
import { fromJson, pickText } from "./attributes.ts";
import { has, operationKind } from "./kinds.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

/**
 * OpenLIT of 2025 (1.34 to 1.36): the calls of a chat's answer stand side by side in `gen_ai.tool.{name,call.id,args}`, and what was sent is
 * printed, `user: ...\ntool: ...`, with the whole history as the repr of a list where it has calls. Its later spans are the conventions'.
 */
export const openlit = spanDialect({
  name: "openlit",
  score: (span) =>
    /^openlit/.test(span.scope.name) && operationKind(span) === "model" && !has(span, "gen_ai.output.messages")
      ? SCORES.scope
      : 0,
  kind: () => "model",
  messages: (span) => printed(said(span, "prompt")),
  answer: (span) => answerOf(span),
});

function said({ attributes, events }: Span, what: "prompt" | "completion"): string | null {
  const own = attributes[`gen_ai.${what}`];
  if (typeof own === "string") return own;
  const event = events.find(({ name }) => name === `gen_ai.content.${what}`);
  return event === undefined ? null : pickText(event.attributes, [`gen_ai.${what}`]);
}

function answerOf(span: Span): Exchange["answer"] {
  const text = said(span, "completion");
  const calls = callsOf(span);
  if (text === null && calls.length === 0) return null;
  const message: Message = { role: "assistant", text: text === "" ? null : text, calls, results: [] };
  return { message, finishReason: null, complete: true };
}

function callsOf({ attributes }: Span): RequestedCall[] {
  const [names, ids, args] = ["gen_ai.tool.name", "gen_ai.tool.call.id", "gen_ai.tool.args"].map(
    (key) => pickText(attributes, [key]) ?? "",
  ) as [string, string, string];
  if (names === "") return [];
  const called = names.split(", ").slice(0, MOST);
  const known = ids.split(", ");
  const given = called.length === 1 ? [args] : objectsIn(args);
  return called.map((name, n) => callOf(known[n] || null, name, given[n] ?? null));
}

/** `{...}, {...}`; none where one of them is no object. */
function objectsIn(text: string): string[] {
  const found: string[] = [];
  for (let at = 0; text[at] === "{" && found.length < MOST;) {
    const end = scanEnd(text, at);
    if (end < 0) break;
    found.push(text.slice(at, end));
    at = end + 2;
  }
  return found;
}

function printed(text: string | null): Message[] | null {
  if (text === null || text === "") return null;
  const list = text.lastIndexOf(LIST);
  const read = list < 0 ? null : parsePython(text, list + LIST.length - 3);
  if (Array.isArray(read?.value)) return messagesOf(fromJson(jsonText(read.value)));
  return text.split(/^(?=(?:system|developer|user|assistant|tool): )/m, MOST).map((line) => {
    const at = line.indexOf(": ");
    const [role, content] = [line.slice(0, at), line.slice(at + 2).trimEnd()];
    const results = role === "tool" ? [{ callId: null, tool: null, content, isError: null }] : [];
    return { role, text: role === "tool" ? null : content, calls: [], results };
  });
}

const LIST = "user: [{'";
const MOST = 1000;
