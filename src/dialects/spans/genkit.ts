import type { Exchange, ToolDefinition } from "../../records/records.ts";
import { firstText, object } from "../../ingest/json/access.ts";
import { finishReasonOf } from "../../ingest/messages/finish.ts";
import { messageOf } from "../../ingest/messages/messages.ts";
import { toolsOf } from "../../ingest/messages/tools.ts";
import { fromJson, pickText } from "./attributes.ts";
import { has, kindBy } from "./kinds.ts";
import type { SpanKind } from "./keys.ts";
import { answerIn, historyOf } from "./payload.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

const KINDS: Record<string, SpanKind> = {
  model: "model",
  tool: "tool",
  "tool.v2": "tool",
  agent: "agent",
  flow: "chain",
  util: "chain",
  prompt: "chain",
};
const kind = kindBy("genkit:metadata:subtype", KINDS);

/** Genkit (JS, Go, Python): every action is a span with its input and output as JSON; a flow or `generate` is a chain of them. */
export const genkit = spanDialect({
  name: "genkit",
  framework: "genkit",
  chainsAreRuns: true,
  score: (span) => (has(span, "genkit:type") ? SCORES.key : 0),
  kind: (span) => kind(span) ?? "chain",
  keys: { input: ["genkit:input"], conversation: ["genkit:sessionId"] },
  tool: (span) => pickText(span.attributes, ["genkit:name"]) ?? span.name,
  tools(span) {
    const tools = object(fromJson(span.attributes["genkit:input"]))["tools"];
    return tools === undefined ? null : toolsOf(tools).map(withoutMultipart);
  },
  // tools of the second version put what they gave beside parts that they made
  output: (span) => object(fromJson(span.attributes["genkit:output"]))["output"] ?? span.attributes["genkit:output"],
  messages: (span) => historyOf(span.attributes["genkit:input"] ?? null),
  answer: (span) => answerOf(object(fromJson(span.attributes["genkit:output"]))),
});

/** The schema of `{output, content}` is that of the wrapper, which the model does not see. */
function withoutMultipart({ output, ...tool }: ToolDefinition): ToolDefinition {
  const { properties } = object(output);
  const isWrapper = Object.keys(object(properties)).sort().join() === "content,output";
  return output === undefined || isWrapper ? tool : { ...tool, output };
}

/** `{message: {role: "model", content: [{toolRequest: {name, ref, input}}]}, finishReason}`. */
function answerOf(output: ReturnType<typeof object>): Exchange["answer"] {
  const message = messageOf(output["message"]);
  if (message === null) return null;
  // an input that is no JSON came out empty; the provider's own answer beside it has the model's words
  const raw = message.calls.some(({ argumentsRaw }) => (argumentsRaw ?? "") === "") ? answerIn(output["raw"]) : null;
  if (raw !== null && raw.message.calls.length === message.calls.length) message.calls = raw.message.calls;
  return { message, finishReason: finishReasonOf(firstText(output["finishReason"])), complete: true };
}
