import type { Exchange, Span } from "../../records/records.ts";
import { callOf } from "../../ingest/messages/call.ts";
import { parsePython, PythonCall } from "../logs/python-repr.ts";
import type { Speaker } from "../speaker.ts";
import { pickText } from "./attributes.ts";
import { ANSWERS, firstOf } from "./carriers.ts";
import { byScope, operationKind } from "./kinds.ts";
import { reprAnswer } from "./payload.ts";
import { spanDialect } from "./read.ts";

/** OpenAI Agents by OTel's contrib instrumentation: the GenAI conventions, but calls are the repr of a dict in a text part. */
export const openaiAgents = spanDialect({
  name: "openai-agents",
  framework: "openai-agents",
  score: byScope(/^opentelemetry\.instrumentation\.openai_agents$|^openai-agents$/),
  kind: (span) => operationKind(span) ?? "chain",
  // The tracer writes one name on all spans but the agent's own.
  agent(span) {
    const name = pickText(span.attributes, ["gen_ai.agent.name"]);
    return name === "OpenAI Agent" ? null : name;
  },
  answer: (span) => reprCalls(span),
  also(span, voice) {
    sayNotFound(span.status.message, span, voice);
  },
});

/** The Agents SDK has no tool span for a tool that is not there: the turn's error names it. */
export function sayNotFound(words: string | null, span: Span, voice: Speaker): void {
  const match = words === null ? null : TOOL_NOT_FOUND.exec(words);
  if (match !== null)
    voice.fact(
      { kind: "looked-up", callId: null, tool: match[1] ?? null, ok: false, reason: words },
      span.endNs,
      words ?? "",
    );
}

const TOOL_NOT_FOUND = /^Tool not found:.{0,20}['"]tool_name['"]: ?['"]([^'"]{1,200})['"]/;

function reprCalls(span: Span): Exchange["answer"] {
  const found = firstOf(ANSWERS, span);
  const text = found?.message.text ?? null;
  return reprAnswer(text) ?? responseAnswer(found, text) ?? found;
}

/** Items of the Responses API printed one after the other: `ResponseFunctionToolCall(arguments='{}', call_id='c1', name='f', ...)`. */
function responseAnswer(found: Exchange["answer"], text: string | null): Exchange["answer"] {
  if (found === null || text === null || !ITEM.test(text)) return null;
  const calls = [];
  let from = 0;
  while (calls.length < MOST && ITEM.test(text.slice(from, from + LONGEST_NAME))) {
    const item = parsePython(text, from);
    if (item === null) return null;
    const { name, call_id, arguments: args } = item.value instanceof PythonCall ? item.value.fields : {};
    if (typeof name === "string") calls.push(callOf(call_id, name, args));
    from = item.end;
    while (text[from] === "\n") from++;
  }
  return { ...found, message: { ...found.message, text: text.slice(from) || null, calls } };
}

const ITEM = /^Response[A-Z]\w{1,60}\(/;
const LONGEST_NAME = 80;
const MOST = 1000;
