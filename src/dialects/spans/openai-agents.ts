import type { Exchange, Span } from "../../records/records.ts";
import { pickText } from "./attributes.ts";
import { ANSWERS, firstOf } from "./carriers.ts";
import { byScope, operationKind } from "./kinds.ts";
import { reprAnswer } from "./logfire.ts";
import { spanDialect } from "./read.ts";

/** OpenAI Agents by OTel's contrib instrumentation: the GenAI conventions, but calls are the repr of a dict in a text part. */
export const openaiAgents = spanDialect({
  name: "openai-agents",
  framework: "openai-agents",
  score: byScope(/^opentelemetry\.instrumentation\.openai_agents$/),
  kind: (span) => operationKind(span) ?? "chain",
  keys: { agent: ["gen_ai.agent.name"] },
  answer: (span) => reprCalls(span),
  also(span, voice) {
    const match = TOOL_NOT_FOUND.exec(span.status.message ?? "");
    if (match !== null) voice.fact({ kind: "looked-up", callId: null, tool: match[1] ?? null, ok: false, reason: span.status.message }, span.endNs, span.status.message ?? "");
  },
});

const TOOL_NOT_FOUND = /^Tool not found: .*['"]tool_name['"]: ?['"]([^'"]{1,200})['"]/;

function reprCalls(span: Span): Exchange["answer"] {
  const found = firstOf(ANSWERS, span);
  return reprAnswer(found?.message.text ?? null) ?? found;
}

/** The agent's name: the tracer puts `OpenAI Agent` on all spans but the agent's own. */
export function agentName(span: Span): string | null {
  const name = pickText(span.attributes, ["gen_ai.agent.name"]);
  return name === "OpenAI Agent" ? null : name;
}
