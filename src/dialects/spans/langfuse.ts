import { objects } from "../../ingest/json/access.ts";
import { isDefinition } from "../../ingest/messages/messages.ts";
import { toolsOf } from "../../ingest/messages/tools.ts";
import { fromJson, pick, pickText } from "./attributes.ts";
import { has, kindBy, operationKind } from "./kinds.ts";
import type { SpanKind } from "./keys.ts";
import { answerIn, historyOf } from "./payload.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

const KINDS: Record<string, SpanKind> = {
  generation: "model",
  tool: "tool",
  agent: "agent",
  chain: "chain",
  span: "chain",
  guardrail: "chain",
  event: "none",
  embedding: "none",
  retriever: "none",
  evaluator: "none",
};
const kind = kindBy("langfuse.observation.type", KINDS);

/** Langfuse's SDK: type, input and output of an observation; level ERROR with a status message is its failure. Old SDKs marked generations as spans. */
export const langfuse = spanDialect({
  name: "langfuse",
  score: (span) => (has(span, "langfuse.observation.type") ? SCORES.key + 3 : 0),
  kind(span) {
    const found = kind(span) ?? "chain";
    const operation = found === "chain" ? operationKind(span) : undefined;
    if (operation !== undefined && operation !== "none") return operation;
    return found === "chain" &&
      pickText(span.attributes, ["langfuse.observation.model.name", "langfuse.observation.usage_details"]) !== null
      ? "model"
      : found;
  },
  keys: { input: ["langfuse.observation.input"], output: ["langfuse.observation.output"] },
  tool: (span) => pickText(span.attributes, ["gen_ai.tool.name", "tool.name"]) ?? span.name,
  // LangChain's handler puts the tools among the messages
  tools(span) {
    const listed = objects(fromJson(span.attributes["langfuse.observation.input"])).filter(isDefinition);
    return listed.length === 0 ? null : toolsOf(listed.map(({ content }) => content));
  },
  messages: (span) => historyOf(pick(span.attributes, ["langfuse.observation.input"])),
  answer: (span) => answerIn(fromJson(pick(span.attributes, ["langfuse.observation.output"])) ?? null),
});
