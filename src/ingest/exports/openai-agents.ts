import type { Span } from "../../records/records.ts";
import { firstText, object, objects, text, textOf, type Json } from "../json/access.ts";
import { nanosOf } from "../otlp/times.ts";
import { known } from "./langfuse.ts";
import { exportedSpan, spanHandler } from "./span.ts";

/**
 * The OpenAI Agents SDK's own traces (`{data: [trace | trace.span]}`, arrays or JSON lines), Python and JS: `span_data` by
 * type, `error: {message, data}`. Function spans have no call id; `response` spans mostly have no content.
 */
export const openaiAgents = spanHandler(["data.*", "*"], function* (value, source, line) {
  const outer = object(value);
  const list = Array.isArray(value) ? value : (outer["data"] ?? [value]);
  for (const item of objects(Array.isArray(list) ? list : [value]))
    if (item["object"] !== "trace") yield spanOf(item, source, line);
});

function spanOf(item: Json, source: string, line: number): Span | null {
  const data = object(item["span_data"]);
  const error = object(item["error"]);
  const message = firstText(error["message"]);
  const detail = textOf(error["data"]);
  const type = text(data["type"]) ?? "";
  return exportedSpan(
    source,
    line,
    { traceId: text(item["trace_id"])?.replace(/^trace_/, ""), spanId: item["id"], parentSpanId: item["parent_id"] },
    {
      name: firstText(data["name"]) ?? type,
      kind: "internal",
      startNs: nanosOf(item["started_at"]),
      endNs: nanosOf(item["ended_at"]),
      status: {
        code: message === null ? "ok" : "error",
        message: message === null ? null : detail === null ? message : `${message}: ${detail}`,
      },
      attributes: known({ "gen_ai.operation.name": OPERATIONS[type] ?? "chain", ...ATTRIBUTES[type]?.(data) }),
      scope: { name: "openai-agents", version: null, attributes: {} },
    },
  );
}

const OPERATIONS: Record<string, string> = {
  function: "execute_tool",
  generation: "chat",
  response: "chat",
  agent: "invoke_agent",
};

const ATTRIBUTES: Record<string, (data: Json) => Record<string, unknown>> = {
  function: (data) => ({
    "gen_ai.tool.name": data["name"],
    "gen_ai.tool.call.arguments": textOf(data["input"]),
    "gen_ai.tool.call.result": textOf(data["output"]),
  }),
  generation: (data) => ({
    "gen_ai.request.model": data["model"],
    "gen_ai.input.messages": textOf(data["input"]),
    "gen_ai.output.messages": textOf(data["output"]),
  }),
  response: (data) => ({
    "gen_ai.input.messages": Array.isArray(data["input"]) ? textOf(data["input"]) : null,
    "output.value": textOf(data["response"] ?? data["_response"]),
    "gen_ai.tool.definitions": textOf(object(data["response"] ?? data["_response"])["tools"]),
  }),
  agent: (data) => ({ "gen_ai.agent.name": data["name"], "gen_ai.tool.definitions": textOf(data["tools"]) }),
};
