import { parseJsonText } from "../../ingest/json/parse.ts";
import type { SpanDialect } from "../../records/dialect.ts";
import type { Span } from "../../records/records.ts";
import { fromJson, pickText } from "./attributes.ts";
import { has, kindBy } from "./kinds.ts";
import type { SpanKind } from "./keys.ts";
import { answerIn, historyOf } from "./payload.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

const KINDS: Record<string, SpanKind> = {
  llm: "model",
  chat_model: "model",
  tool: "tool",
  agent: "agent",
  workflow: "agent",
  chain: "chain",
  task: "chain",
  parser: "chain",
  retriever: "none",
  embedding: "none",
  reranker: "none",
  memory: "none",
  evaluator: "none",
};
const kind = kindBy("mlflow.spanType", KINDS);

const plain = spanDialect({
  name: "mlflow",
  score: (span) => (has(span, "mlflow.spanType") ? SCORES.key : 0),
  kind: (span) => kind(span) ?? "chain",
  keys: { input: ["mlflow.spanInputs"], output: ["mlflow.spanOutputs"] },
  tool: (span) => String(fromJson(pickText(span.attributes, ["mlflow.spanFunctionName"])) ?? span.name),
  messages: (span) => historyOf(span.attributes["mlflow.spanInputs"] ?? null),
  answer: (span) => answerIn(span.attributes["mlflow.spanOutputs"] ?? null),
});

/** MLflow: every value is JSON, even `"TOOL"` and a call's id; tools have their inputs by name. */
export const mlflow: SpanDialect = { ...plain, read: (span, emit) => plain.read(unquoted(span), emit) };

function unquoted(span: Span): Span {
  const attributes = Object.entries(span.attributes).map(([key, value]) => [
    key,
    typeof value === "string" && value.startsWith('"') ? (parseJsonText(value) ?? value) : value,
  ]);
  return { ...span, attributes: Object.fromEntries(attributes) as Span["attributes"] };
}
