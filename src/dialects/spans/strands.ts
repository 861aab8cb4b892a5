import type { Exchange, Span } from "../../records/records.ts";
import { messageOf } from "../../ingest/messages/messages.ts";
import { fromJson, pickText } from "./attributes.ts";
import { has, operationKind } from "./kinds.ts";
import type { SpanKind } from "./keys.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

/**
 * Strands Agents: the GenAI conventions, with content in span events (`gen_ai.tool.message` and `gen_ai.choice`, on a tool's span
 * its input and output); all content is Bedrock's. Before 0.2 `Model invoke` and `Tool: x` with flat attributes.
 */
export const strands = spanDialect({
  name: "strands",
  framework: "strands",
  score: (span) =>
    /strands/.test(span.scope.name) ||
    pickText(span.attributes, ["gen_ai.system"]) === "strands-agents" ||
    // in JS the tracer and the system have the name of the service
    has(span, "gen_ai.event.start_time")
      ? SCORES.key
      : 0,
  kind: (span) => operationKind(span) ?? NAMES.find(([name]) => name.test(span.name))?.[1] ?? "none",
  keys: {
    callId: ["tool.id"],
    tool: ["tool.name"],
    arguments: ["tool.parameters"],
    tools: ["gen_ai.tool.definitions", "gen_ai.agent.tools"],
  },
  input: (span) => eventValue(span, "gen_ai.tool.message", "content"),
  output: (span) => eventValue(span, "gen_ai.choice", "message"),
  answer(span) {
    const blocks = fromJson(span.attributes["gen_ai.completion"]);
    return Array.isArray(blocks) ? answerOf(blocks) : null;
  },
});

const NAMES: readonly (readonly [RegExp, SpanKind])[] = [
  [/^(?:Model invoke|chat)$/, "model"],
  [/^(?:Cycle|execute_(?:event|agent)_loop_cycle)/, "chain"],
  [/^Tool: /, "tool"],
];

function eventValue(span: Span, name: string, key: string): unknown {
  return span.events.find((event) => event.name === name)?.attributes[key];
}

function answerOf(content: unknown[]): Exchange["answer"] {
  const message = messageOf({ role: "assistant", content });
  return message === null ? null : { message, finishReason: null, complete: true };
}
