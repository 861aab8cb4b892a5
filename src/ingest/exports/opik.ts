import type { Failure } from "../../records/fact.ts";
import type { Span } from "../../records/records.ts";
import { firstText, object, objects, text, type Json } from "../json/access.ts";
import { anyNanos } from "../otlp/times.ts";
import { frameRows } from "./frame.ts";
import { observedSpan } from "./observed.ts";
import { spanHandler } from "./span.ts";

/**
 * Opik: what its SDKs send to `/v1/private/spans/batch` and `/v1/private/traces/batch` (`{spans: [...]}`, `{traces: [...]}`),
 * what its API answers (`{content: [...]}`), and spans in lists, lines and tables. A trace is the step around its spans.
 */
export const opik = spanHandler(["spans.*", "traces.*", "content.*", "*"], function* (value, source, line) {
  const outer = object(value);
  const list = outer["spans"] ?? outer["traces"] ?? outer["content"];
  for (const item of Array.isArray(list) ? objects(list) : frameRows(value)) yield spanOf(item, source, line);
});

function spanOf(item: Json, source: string, line: number): Span | null {
  const metadata = object(item["metadata"]);
  const isTrace = !("trace_id" in item);
  return observedSpan(
    "opik",
    {
      ids: {
        traceId: item["trace_id"] ?? item["id"],
        spanId: item["id"],
        parentSpanId: item["parent_span_id"] ?? item["trace_id"],
      },
      kind: isTrace ? "agent" : kindOf(item),
      name: text(item["name"]) ?? "",
      startNs: anyNanos(item["start_time"]),
      endNs: anyNanos(item["end_time"]),
      input: item["input"],
      output: unwrapped(item["output"]),
      model: firstText(item["model"]),
      tools: metadata["tools"] ?? object(metadata["invocation_params"])["tools"] ?? object(item["input"])["tools"],
      conversation: firstText(item["thread_id"], metadata["thread_id"]),
      error: errorOf(object(item["error_info"])),
    },
    source,
    line,
  );
}

/** In JavaScript any function is `llm` if it does not say otherwise, and a request of the OpenAI wrapper is `general`. */
function kindOf(item: Json): "model" | "tool" | "chain" {
  if (item["type"] === "tool") return "tool";
  return "usage" in item || typeof item["model"] === "string" || "messages" in object(item["input"])
    ? "model"
    : "chain";
}

/** What a function gave back is put below `output`. */
function unwrapped(output: unknown): unknown {
  const keys = Object.keys(object(output));
  return keys.length === 1 && keys[0] === "output" ? object(output)["output"] : output;
}

/** LangChain's tracer has the repr and the traceback in one, and `Exception` for the type. */
function errorOf(info: Json): Failure | null {
  const [type, message, stack] = ["exception_type", "message", "traceback"].map((key) => firstText(info[key])) as [
    string | null,
    string | null,
    string | null,
  ];
  if (type === null && message === null && stack === null) return null;
  return message === null ? { type, message: stack, stack: null } : { type, message, stack };
}
