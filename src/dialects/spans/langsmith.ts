import { pickText } from "./attributes.ts";
import { kindBy, has, operationKind } from "./kinds.ts";
import type { SpanKind } from "./keys.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

const KINDS: Record<string, SpanKind> = {
  llm: "model",
  tool: "tool",
  chain: "chain",
  agent: "agent",
  retriever: "none",
  embedding: "none",
  prompt: "none",
  parser: "chain",
};
const kind = kindBy("langsmith.span.kind", KINDS);

/** LangSmith over OpenTelemetry: the inputs and outputs of every run are JSON in `gen_ai.prompt` and `gen_ai.completion`; `session_name` is the project. */
export const langsmith = spanDialect({
  name: "langsmith",
  chainsAreRuns: true,
  score: (span) =>
    has(span, "langsmith.span.kind") ? SCORES.key + 1 : span.scope.name === "langsmith" ? SCORES.scope : 0,
  kind: (span) => kind(span) ?? operationKind(span) ?? "chain",
  tool: (span) => pickText(span.attributes, ["gen_ai.tool.name", "langsmith.trace.name"]) ?? span.name,
  keys: {
    conversation: ["langsmith.metadata.thread_id", "langsmith.metadata.conversation_id"],
    input: ["gen_ai.prompt"],
    output: ["gen_ai.completion"],
  },
});
