import type { Message, Span, ToolDefinition } from "../../records/records.ts";
import { object, type Json } from "../../ingest/json/access.ts";
import { merged } from "../../ingest/messages/answer.ts";
import { messagesOf } from "../../ingest/messages/messages.ts";
import { toolsOf } from "../../ingest/messages/tools.ts";
import type { Speaker } from "../speaker.ts";
import { fromJson, pickText } from "./attributes.ts";
import { has, kindBy } from "./kinds.ts";
import { KEYS } from "./keys.ts";
import { answerIn, historyOf } from "./payload.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

const kind = kindBy("langwatch.span.type", {
  llm: "model",
  tool: "tool",
  agent: "agent",
  workflow: "chain",
  chain: "chain",
  component: "chain",
  module: "chain",
});

/**
 * LangWatch: `langwatch.span.type`, and `langwatch.input` and `langwatch.output` as `{type, value}`. Its handler for LangChain
 * leaves the calls out of a model's own span: the graph's nodes, whose spans have their names, hold the messages.
 */
export const langwatch = spanDialect({
  name: "langwatch",
  chainsAreRuns: true,
  score: (span) => (has(span, "langwatch.span.type") ? SCORES.key : 0),
  kind: (span) => kind(span) ?? "none",
  tool: (span) => pickText(span.attributes, KEYS.tool) ?? span.name,
  input: (span) => valueOf(span, "langwatch.input"),
  output: (span) => valueOf(span, "langwatch.output"),
  tools: toolsIn,
  messages: (span) => historyOf(valueOf(span, "langwatch.input") ?? null),
  answer: (span) => answerIn(valueOf(span, "langwatch.output") ?? null),
  losesCalls: ({ scope }) => scope.name.endsWith("langchain"),
  also(span, voice) {
    if (span.attributes["langwatch.langgraph.langgraph_node"] === span.name) sayNode(span, voice);
  },
});

/** What a node of a graph gave: the model's answer with its calls, and the refusals of calls that no tool's span tells. */
function sayNode(span: Span, voice: Speaker): void {
  const messages: Message[] = messagesOf(object(valueOf(span, "langwatch.output"))["messages"] ?? []);
  const answers = messages.filter(({ calls }) => calls.length > 0);
  const { startNs, endNs } = span;
  if (answers.length > 0) {
    const answer = { message: merged(answers), finishReason: null, complete: true };
    voice.modelCall({ tools: null, messages: null, options: {}, answer, error: null, startNs, endNs });
  }
  for (const result of messages.flatMap(({ results }) => results))
    if (result.isError === true) voice.returned(result, endNs);
}

function toolsIn({ attributes }: Span): ToolDefinition[] | null {
  const { tools } = object(fromJson(attributes["langwatch.langchain.run.extra_params.invocation_params"]));
  return Array.isArray(tools) ? toolsOf(tools) : null;
}

/** Out of its typed wrappers: `{"type":"json","value":{"type":"text","value":...}}`, and lists of them. */
function valueOf({ attributes }: Span, key: string): unknown {
  return unwrapped(fromJson(attributes[key]), 0);
}

function unwrapped(value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) {
    const [only, ...more] = value as unknown[];
    return more.length === 0 && isTyped(object(only)) ? unwrapped(only, depth + 1) : value;
  }
  const json = object(value);
  return isTyped(json) ? unwrapped(fromJson(json["value"]), depth + 1) : value;
}

const MAX_DEPTH = 6;

function isTyped(json: Json): boolean {
  return typeof json["type"] === "string" && "value" in json && Object.keys(json).length === 2;
}
