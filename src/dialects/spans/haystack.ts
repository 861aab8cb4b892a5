import type { Exchange, Span } from "../../records/records.ts";
import { object, objects } from "../../ingest/json/access.ts";
import { merged } from "../../ingest/messages/answer.ts";
import { finishReasonOf } from "../../ingest/messages/finish.ts";
import { messagesOf } from "../../ingest/messages/messages.ts";
import { toolsOf } from "../../ingest/messages/tools.ts";
import { fromJson, pickText } from "./attributes.ts";
import type { SpanKind } from "./keys.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

const NAMES: Record<string, SpanKind> = {
  "haystack.agent.step.tool": "tool",
  "haystack.agent.step.llm": "model",
  "haystack.agent.run": "agent",
  "haystack.agent.step": "chain",
  "haystack.pipeline.run": "chain",
  "haystack.component.run": "chain",
};

/** Haystack: the span's name is its kind, content stands in `<name>.input` and `<name>.output`; a tool's failure is `haystack.tool.error`. */
export const haystack = spanDialect({
  name: "haystack",
  framework: "haystack",
  chainsAreRuns: true,
  score: (span) => (span.name.startsWith("haystack.") ? SCORES.key : 0),
  kind: (span) => NAMES[span.name] ?? "none",
  tool: (span) => pickText(span.attributes, ["haystack.tool.name"]),
  agent: (span) => pickText(span.attributes, ["haystack.agent.name"]),
  keys: {
    input: ["haystack.agent.step.tool.input"],
    output: ["haystack.agent.step.tool.output"],
    tools: ["haystack.agent.tools"],
  },
  tools(span) {
    const { tools } = contentOf(span, "input");
    const listed = objects(tools).map((tool) => object(tool["data"] ?? tool));
    return tools === undefined ? null : toolsOf(listed);
  },
  messages: (span) => messagesOf(contentOf(span, "input")["messages"] ?? []),
  answer: (span) => answerOf(contentOf(span, "output")["replies"]),
});

function contentOf(span: Span, part: string): ReturnType<typeof object> {
  return object(fromJson(span.attributes[`${span.name}.${part}`]));
}

function answerOf(replies: unknown): Exchange["answer"] {
  const listed = objects(replies);
  if (listed.length === 0) return null;
  const finishReason = finishReasonOf(listed.map((reply) => object(reply["meta"])["finish_reason"]));
  return { message: merged(messagesOf(listed)), finishReason, complete: true };
}
