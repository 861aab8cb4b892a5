import type { Failure } from "../../records/fact.ts";
import type { Span } from "../../records/records.ts";
import { firstText, object, objects, text, textOf, type Json } from "../json/access.ts";
import { anyNanos, scaled } from "../otlp/times.ts";
import { observedSpan } from "./observed.ts";
import { spanHandler } from "./span.ts";

/**
 * Datadog LLM Observability as its tracers send it to `/api/v2/llmobs`: `[{event_type: "span", spans: [...]}]`, or one such
 * object; ids are decimal, `meta.input` and `meta.output` have `messages` or a `value`.
 */
export const datadog = spanHandler(["*", "spans.*"], function* (value, source, line) {
  for (const event of Array.isArray(value) ? objects(value) : [object(value)])
    for (const span of Array.isArray(event["spans"]) ? objects(event["spans"]) : [event])
      yield spanOf(span, source, line);
});

function spanOf(span: Json, source: string, line: number): Span | null {
  const meta = object(span["meta"]);
  const kind = KINDS[firstText(object(meta["span"])["kind"], meta["span.kind"]) ?? ""] ?? "chain";
  const startNs = anyNanos(span["start_ns"]);
  const parent = text(span["parent_id"]);
  return observedSpan(
    "ddtrace",
    {
      ids: {
        traceId: span["trace_id"],
        spanId: span["span_id"],
        parentSpanId: parent === "undefined" ? null : parent,
      },
      kind,
      name: text(span["name"]) ?? "",
      startNs,
      endNs: startNs === null ? null : startNs + (scaled(span["duration"], 1) ?? 0n),
      input: contentOf(meta["input"]),
      output: contentOf(meta["output"]),
      model: firstText(meta["model_name"]),
      tools: objects(meta["tool_definitions"]).map(({ schema, ...tool }) => ({ ...tool, parameters: schema })),
      finish: firstText(object(meta["metadata"])["finish_reason"]),
      conversation: firstText(span["session_id"]),
      error: errorOf(meta),
    },
    source,
    line,
  );
}

const KINDS: Record<string, "model" | "tool" | "agent"> = { llm: "model", tool: "tool", agent: "agent" };

/** Messages as OpenAI has them; a tool's results stand in a message of their own. */
function contentOf(value: unknown): unknown {
  const { messages, value: plain } = object(value);
  if (!Array.isArray(messages)) return plain;
  return objects(messages).flatMap((message): Json[] => {
    const calls = objects(message["tool_calls"]).map((call) => ({
      id: call["tool_id"],
      type: "function",
      function: { name: call["name"], arguments: textOf(call["arguments"]) },
    }));
    const results = objects(message["tool_results"]).map((result) => ({
      role: "tool",
      tool_call_id: result["tool_id"],
      ...(result["name"] === "" ? {} : { name: result["name"] }),
      content: result["result"],
    }));
    if (results.length > 0) return results;
    return [{ role: message["role"], content: message["content"], ...(calls.length > 0 ? { tool_calls: calls } : {}) }];
  });
}

/** Before version 3 the fields were dotted keys of `meta`. */
function errorOf(meta: Json): Failure | null {
  const error = object(meta["error"]);
  const said = (name: string): string | null => firstText(error[name], meta[`error.${name}`]);
  const type = said("type");
  const message = said("message");
  return type === null && message === null
    ? null
    : { type: type?.replace(/^builtins\./, "") ?? null, message, stack: said("stack") };
}
