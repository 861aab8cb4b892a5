import type { Span } from "../../records/records.ts";
import { firstText, object, objects, textOf } from "../../ingest/json/access.ts";
import { fromJson, pickText } from "./attributes.ts";
import type { SpanKind } from "./keys.ts";
import { answerIn, historyOf } from "./payload.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

const KINDS: Record<string, SpanKind> = {
  tool_call: "tool",
  llm_call: "model",
  agent_call: "chain",
  user_prompt: "agent",
  schedule_tool_calls: "none",
  system_prompt: "none",
};

/**
 * Gemini CLI (packages/core/src/telemetry/trace.ts): Google's own forms stand in `gen_ai.input.messages` and
 * `gen_ai.output.messages`. A tool's span says OK whatever came of it, and holds the scheduler's record of the call.
 */
export const geminiCli = spanDialect({
  name: "gemini-cli",
  framework: "gemini-cli",
  score: (span) => (span.scope.name === "gemini-cli" ? SCORES.key : 0),
  kind: (span) => KINDS[pickText(span.attributes, ["gen_ai.operation.name"]) ?? ""] ?? "none",
  agent: () => null,
  input: (span) => part(span, "input")["args"],
  output: (span) => resultIn(span),
  messages: (span) => historyOf(span.attributes["gen_ai.input.messages"] ?? null),
  answer: (span) => answerIn(span.attributes["gen_ai.output.messages"] ?? null),
});

function part({ attributes }: Span, side: "input" | "output"): ReturnType<typeof object> {
  return object(fromJson(attributes[`gen_ai.${side}.messages`]));
}

/** As a tool of MCP gives it: the text, and whether it is an error. */
function resultIn(span: Span): unknown {
  const record = part(span, "output");
  const [first] = objects(object(record["response"])["responseParts"]);
  const response = object(object(first?.["functionResponse"])["response"]);
  const text = firstText(response["error"], response["output"]) ?? textOf(first === undefined ? undefined : response);
  return text === null ? undefined : { content: [{ type: "text", text }], isError: record["status"] === "error" };
}
