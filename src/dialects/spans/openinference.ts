import { fromJson, pickText } from "./attributes.ts";
import { byScope, has, kindBy, operationKind } from "./kinds.ts";
import type { SpanKind } from "./keys.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

const KINDS: Record<string, SpanKind> = { llm: "model", tool: "tool", agent: "agent", chain: "chain", guardrail: "chain", evaluator: "none", retriever: "none", reranker: "none", embedding: "none", prompt: "none" };
const kind = kindBy("openinference.span.kind", KINDS);
const scope = byScope(/openinference/);

/** OpenInference (Arize), for LangChain, OpenAI, OpenAI Agents, AutoGen, CrewAI, smolagents, ...; a tool called `ask_agent` is marked AGENT, but has a tool's name. */
export const openInference = spanDialect({
  name: "openinference",
  score: (span) => (has(span, "openinference.span.kind") ? SCORES.key + 2 : scope(span)),
  kind(span) {
    const found = kind(span) ?? operationKind(span) ?? "chain";
    return found === "agent" && has(span, "tool.name") ? "tool" : found;
  },
  keys: {
    // Only where it holds arguments: some write the schema there.
    arguments: [],
    conversation: ["session.id"],
  },
  tool(span) {
    const name = pickText(span.attributes, ["tool.name"]);
    return name ?? (typeof fromJson(span.attributes["input.value"]) === "undefined" ? null : span.name.replace(/^.*\.(?=\w+$)/, ""));
  },
});
