import type { Span } from "../../records/records.ts";
import { pick } from "./attributes.ts";
import { KEYS, type SpanKind } from "./keys.ts";
import { spanDialect } from "./read.ts";
import { nameIn } from "./tool.ts";
import { SCORES } from "./table.ts";

/** No dialect that is known, but a tool's name, a call id or a model's answer is there. */
export const shape = spanDialect({
  name: "shape",
  score: (span) => (kindOf(span) === "none" ? 0 : SCORES.shape),
  kind: kindOf,
});

function kindOf({ attributes, name }: Span): SpanKind {
  if (pick(attributes, ["gen_ai.tool.name", "gen_ai.tool.call.id", "tool.name", "tool_call.id", "flue.tool.name"]) !== undefined) return "tool";
  if (pick(attributes, KEYS.model) !== undefined && Object.keys(attributes).some((key) => MODEL_KEYS.test(key))) return "model";
  if (pick(attributes, ["gen_ai.agent.name"]) !== undefined) return "agent";
  return nameIn(name) !== null && !/\.run$/.test(name) ? "tool" : "none";
}

const MODEL_KEYS = /^(?:gen_ai|llm|ai)\.(?:prompt|completion|input|output|response|usage|token_count)/;
