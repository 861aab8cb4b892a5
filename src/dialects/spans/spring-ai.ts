import { fromJson, pick } from "./attributes.ts";
import { has, kindBy, operationKind } from "./kinds.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

const kind = kindBy("spring.ai.kind", {
  tool_call: "tool",
  chat_client: "chain",
  advisor: "chain",
  vector_store: "none",
});

/** Spring AI by Micrometer: `spring.ai.tool.*` on tools; arguments and results only where `include-content` is on. */
export const springAi = spanDialect({
  name: "spring-ai",
  framework: "spring-ai",
  score: (span) => (has(span, "spring.ai.kind") || has(span, "spring.ai.tool.definition.name") ? SCORES.key : 0),
  kind: (span) =>
    kind(span) ?? (has(span, "spring.ai.tool.definition.name") ? "tool" : (operationKind(span) ?? "chain")),
  keys: {
    tool: ["spring.ai.tool.definition.name"],
    callId: ["spring.ai.tool.call.id"],
    arguments: ["spring.ai.tool.call.arguments"],
    result: ["spring.ai.tool.call.result"],
    conversation: ["spring.ai.chat.client.conversation.id"],
  },
  schema: (span) => fromJson(pick(span.attributes, ["spring.ai.tool.definition.schema"])) ?? null,
});
