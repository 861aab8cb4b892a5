import { pickText } from "./attributes.ts";
import { has, kindBy, operationKind } from "./kinds.ts";
import type { SpanKind } from "./keys.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";
import { historyOf, inputOf, kindOfProtocol, offersOf, toolOfProtocol } from "./traceloop-payload.ts";
import { sayAgnoEnd, sayTurn } from "./traceloop-agents.ts";

const KINDS: Record<string, SpanKind> = {
  tool: "tool",
  agent: "agent",
  workflow: "agent",
  task: "chain",
  session: "none",
};
const byKind = kindBy("traceloop.span.kind", KINDS);

const OWN = [
  "llm.request.type",
  "traceloop.workflow.name",
  "traceloop.entity.path",
  "traceloop.entity.input",
  "traceloop.entity.output",
];

/** Traceloop, OpenLLMetry: `traceloop.*`; model spans with flat `gen_ai.prompt.N` or, since 0.60, message JSON. */
export const traceloop = spanDialect({
  name: "traceloop",
  score(span) {
    if (has(span, "traceloop.span.kind")) return SCORES.key;
    if (OWN.some((key) => has(span, key))) return SCORES.key - 1;
    return /^@traceloop\/|^traceloop/.test(span.scope.name) ? SCORES.scope : 0;
  },
  // An operation is the newer word; but `execute_task` hides nothing and a tool's kind does.
  kind: (span) =>
    kindOfProtocol(span) ?? byKind(span) ?? operationKind(span) ?? (has(span, "llm.request.type") ? "model" : "chain"),
  losesCalls: (span) => span.scope.name.includes("langchain"),
  keys: { agent: ["traceloop.association.properties.agent_name"] },
  also(span, voice) {
    sayTurn(span, voice);
    sayAgnoEnd(span, voice);
  },
  tool: (span) =>
    pickText(span.attributes, ["gen_ai.tool.name"]) ??
    toolOfProtocol(span) ??
    pickText(span.attributes, ["traceloop.entity.name"]),
  input: (span) => inputOf(span),
  tools: (span) => offersOf(span),
  messages: (span) => historyOf(span),
});
