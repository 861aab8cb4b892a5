import { object } from "../../ingest/json/access.ts";
import { crewTools } from "./crewai-tools.ts";
import { fromJson, pickText } from "./attributes.ts";
import { sayPublished } from "./autogen-published.ts";
import { byScope, has, kindBy, operationKind } from "./kinds.ts";
import type { SpanKind } from "./keys.ts";
import { sayNotFound } from "./openai-agents.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

const KINDS: Record<string, SpanKind> = {
  llm: "model",
  tool: "tool",
  agent: "agent",
  chain: "chain",
  guardrail: "chain",
  evaluator: "none",
  retriever: "none",
  reranker: "none",
  embedding: "none",
  prompt: "none",
};
const kind = kindBy("openinference.span.kind", KINDS);
const scope = byScope(/openinference/);

/** OpenInference (Arize), for LangChain, OpenAI, OpenAI Agents, AutoGen, CrewAI, smolagents, ...; a tool called `ask_agent` is marked AGENT, but has a tool's name. */
export const openInference = spanDialect({
  name: "openinference",
  chainsAreRuns: true,
  score: (span) => (has(span, "openinference.span.kind") ? SCORES.key + 2 : scope(span)),
  kind(span) {
    const found = kind(span) ?? operationKind(span) ?? "chain";
    // A handoff is a call of the model, but nothing of the application runs.
    if (found === "tool" && /^handoff[ _]to[ _]/.test(span.name)) return "none";
    return found === "agent" && has(span, "tool.name") ? "tool" : found;
  },
  tool: (span) => pickText(span.attributes, ["tool.name", "tool_name"]) ?? nameOf(span.name),
  tools: (span) => crewTools(span.attributes["llm.tools"]),
  // OpenAI Agents puts the schema where others put arguments.
  schema: (span) => schemaIn(span.attributes["tool.parameters"]),
  also(span, voice) {
    sayNotFound(span.status.message, span, voice);
    sayPublished(span, voice);
  },
});

/** `get_claim.run`, DSPy's `get_claim.__call__`; else the last word. */
function nameOf(name: string): string {
  const bare = name.replace(/\.(?:run|arun|__call__|acall|aforward|ainvoke)$/, "");
  return bare === name ? name.replace(/^.*\.(?=\w+$)/, "") : bare;
}

function schemaIn(value: unknown): unknown {
  const schema = fromJson(value);
  return object(schema)["type"] === "object" && typeof object(schema)["properties"] === "object" ? schema : null;
}
