import { object } from "../../ingest/json/access.ts";
import { answerOf } from "../../ingest/messages/answer.ts";
import { messagesOf } from "../../ingest/messages/messages.ts";
import { fromJson, pickText } from "./attributes.ts";
import { has, kindBy, operationKind } from "./kinds.ts";
import type { SpanKind } from "./keys.ts";
import { answerIn } from "./payload.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

// One request is four spans; the step is the one that has the calls.
const KINDS: Record<string, SpanKind> = {
  agent_run: "agent",
  model_generation: "chain",
  model_step: "model",
  model_inference: "none",
  model_chunk: "none",
  tool_call: "tool",
  mcp_tool_call: "tool",
  workflow_run: "agent",
  workflow_step: "chain",
};
const kind = kindBy("mastra.span.type", KINDS);

/** Mastra: `model_step` spans carry input, output and the response's body; the history there has `[tool-result: x]` for results. */
export const mastra = spanDialect({
  name: "mastra",
  framework: "mastra",
  score: (span) => (has(span, "mastra.span.type") ? SCORES.key : /^@mastra\//.test(span.scope.name) ? SCORES.scope : 0),
  kind: (span) => kind(span) ?? operationKind(span) ?? "chain",
  tool: (span) => pickText(span.attributes, ["gen_ai.tool.name"]),
  messages(span) {
    const listed = fromJson(span.attributes["mastra.model_step.input"]);
    return Array.isArray(listed) ? messagesOf(listed).filter(({ role }) => role !== "tool") : null;
  },
  answer(span) {
    const body = answerOf(fromJson(span.attributes["mastra.metadata.body"]));
    return body ?? answerIn(object(fromJson(span.attributes["mastra.model_step.output"])));
  },
});
