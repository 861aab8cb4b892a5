import type { Span, ToolDefinition } from "../../records/records.ts";
import { object } from "../../ingest/json/access.ts";
import { merged } from "../../ingest/messages/answer.ts";
import { messagesOf } from "../../ingest/messages/messages.ts";
import { jsonText } from "../logs/json.ts";
import { parsePython } from "../logs/python-repr.ts";
import type { Speaker } from "../speaker.ts";
import { fromJson } from "./attributes.ts";

/**
 * Traceloop's first tracer of OpenAI Agents (0.40 to 0.44) has no span for the model: that of a turn, marked as the agent's, holds the
 * answer as `{output: ["{...}"]}`, items of the Responses API, and the tools in the agent's repr.
 */
export function sayTurn({ scope, attributes, startNs, endNs }: Span, voice: Speaker): void {
  if (!scope.name.endsWith("openai_agents") || attributes["traceloop.span.kind"] !== "agent") return;
  const items = object(fromJson(attributes["traceloop.entity.output"]))["output"];
  if (!Array.isArray(items)) return;
  const messages = messagesOf(items.map(fromJson)).filter(({ role }) => role === "assistant");
  if (messages.length === 0) return;
  const answer = { message: merged(messages), finishReason: null, complete: true };
  const tools = toolsIn(attributes["traceloop.entity.input"]);
  voice.modelCall({ tools, messages: null, options: {}, answer, error: null, startNs, endNs });
}

/** Agno's tracer has no span for the model, and Agno answers with the error's words when a request fails: no token was used then. */
export function sayAgnoEnd({ scope, attributes, endNs }: Span, voice: Speaker): void {
  const output = attributes["traceloop.entity.output"];
  if (!scope.name.endsWith(".agno") || attributes["traceloop.span.kind"] !== "agent" || typeof output !== "string")
    return;
  const isUnanswered = Number(attributes["llm.usage.total_tokens"] ?? NaN) === 0;
  voice.text(isUnanswered ? "status" : "model-text", output, endNs, isUnanswered ? { flagged: true } : {});
}

/** `FunctionTool(name='f', description='...', params_json_schema={...}, ...)`. */
function toolsIn(input: unknown): ToolDefinition[] | null {
  const repr = (object(fromJson(input))["args"] as unknown[] | undefined)?.[0];
  if (typeof repr !== "string") return null;
  const tools = [...repr.matchAll(TOOL)].slice(0, MOST).map(({ 1: name = "", index }) => {
    const at = repr.indexOf(SCHEMA, index);
    const schema = at < 0 ? null : parsePython(repr, at + SCHEMA.length);
    return { name, description: null, schema: schema === null ? null : fromJson(jsonText(schema.value)) };
  });
  return tools.length === 0 ? null : tools;
}

const TOOL = /\bFunctionTool\(name='([^'\n]{1,200})'/g;
const SCHEMA = "params_json_schema=";
const MOST = 1000;
