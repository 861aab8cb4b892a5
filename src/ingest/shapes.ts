import { object, type Json as Row } from "./json/access.ts";
import {
  areLines,
  array,
  has,
  hex,
  isAgentsItem,
  isAutogen,
  isContext,
  isExchange,
  isJaegerTrace,
  isLogfire,
  isMessage,
  isMlflow,
  isTranscript,
} from "./shape-tests.ts";
import { PRODUCT_SHAPES } from "./product-shapes.ts";
import { shape, type Shape } from "./shape.ts";

/** What JSON formats look like, in order: the first that fits is taken. Sources: formats.md section 4.0 and the products' own exports. */
export const SHAPES: readonly Shape[] = [
  shape("otlp-json", "object with resourceSpans or resourceLogs", ({ item }) =>
    OTLP.some((key) => Array.isArray(item[key])),
  ),
  shape(
    "otlp-json",
    "Tempo or Grafana export",
    ({ value, item }) =>
      array(value["batches"]).some((batch) =>
        has(batch, ["scopeSpans", "scope_spans", "instrumentationLibrarySpans"]),
      ) ||
      ["trace", "result", "data", "traces"].some((key) =>
        [object(value[key]), ...array(value[key]), object(item[key])].some(isOtlpRequest),
      ),
  ),
  shape(
    "har",
    "HAR log with entries",
    ({ value }) =>
      Array.isArray(object(value["log"])["entries"]) ||
      (typeof object(value["log"])["version"] === "string" && "creator" in object(value["log"])),
  ),
  shape(
    "jaeger",
    "spans with operationName",
    ({ value, item }) =>
      array(value["data"]).some(isJaegerTrace) ||
      isJaegerTrace(item) ||
      (typeof item["operationName"] === "string" && typeof item["traceID"] === "string"),
  ),
  shape(
    "console-python",
    "console spans of the Python SDK",
    ({ item, pure }) => pure && isContext(item) && has(item, ["kind", "status", "resource"]),
  ),
  shape("phoenix", "spans with span_kind and context", ({ value, item }) =>
    [item, ...array(value["data"])].some((row) => (isContext(row) || "context.trace_id" in row) && "span_kind" in row),
  ),
  shape("mlflow", "MLflow trace", ({ item }) => isMlflow(item)),
  shape(
    "otlp-json",
    "spans of OTLP without what is around them",
    ({ item }) =>
      isOtlpSpan(item) ||
      array(item["spans"]).some(isOtlpSpan) ||
      (has(item, GROUPS) &&
        array(item[GROUPS.find((key) => key in item)!]).some((group) => array(group["spans"]).some(isOtlpSpan))),
  ),
  shape("patronus", "trace with spans inside of spans", ({ value, item }) =>
    [item, ...array(value["spans"])].some((span) => "span_attributes" in span && "child_spans" in span),
  ),
  shape("monocle", "trace with span_name items", ({ value }) =>
    array(value["spans"]).some((span) => "span_name" in span && "span_id" in span),
  ),
  shape("openai-agents", "trace and trace.span objects", ({ value, items }) =>
    [...items, ...array(value["data"])].some(isAgentsItem),
  ),
  ...PRODUCT_SHAPES,
  shape(
    "logfire",
    "rows of Logfire records",
    ({ value, item }) =>
      isLogfire(item) ||
      array(value["rows"]).some(isLogfire) ||
      array(value["columns"]).some((column) => column["name"] === "otel_events" || column["name"] === "span_name"),
  ),
  shape(
    "zipkin",
    "Zipkin v2 spans",
    ({ item, array: inArray }) => inArray && hex(item["traceId"]) && hex(item["id"]) && !("type" in item),
  ),
  shape(
    "clickhouse",
    "rows of otel_traces",
    ({ item }) => typeof item["TraceId"] === "string" && typeof item["SpanId"] === "string" && "SpanName" in item,
  ),
  shape("exchanges", "requests to models and their answers", ({ item }) => isExchange(item)),
  shape("litellm", "LiteLLM standard logging payload", ({ item }) => "call_type" in item && "model_parameters" in item),
  shape("litellm", "LiteLLM spend logs", ({ item, value }) =>
    [item, ...array(value["data"])].some((row) => "call_type" in row && has(row, ["proxy_server_request", "spend"])),
  ),
  shape(
    "autogen-messages",
    "AutoGen messages",
    ({ value, items, array: inArray }) =>
      isAutogen(items[0] ?? {}) || array(value["messages"]).some(isAutogen) || (inArray && items.some(isAutogen)),
  ),
  shape(
    "autogen-state",
    "AutoGen saved state",
    ({ value }) =>
      "agent_states" in value ||
      (/State$/.test(String(value["type"])) &&
        ("llm_context" in value || "llm_messages" in value || "message_thread" in value)),
  ),
  shape(
    "transcript",
    "chat messages",
    ({ value, items, array: inArray, pure }) =>
      isTranscript(value) || (pure && (inArray ? items.slice(0, 8).some(isMessage) : areLines(items))),
  ),
  shape(
    "transcript",
    "runs with their messages",
    ({ value, item }) =>
      Array.isArray(item["traj"]) || isTranscript(item) || array(value["simulations"]).slice(0, 8).some(isTranscript),
  ),
];

const OTLP = [
  "resourceSpans",
  "resource_spans",
  "resourceLogs",
  "resource_logs",
  "resourceMetrics",
  "resource_metrics",
];

/** What a ResourceSpans holds. */
const GROUPS = ["scopeSpans", "scope_spans", "instrumentationLibrarySpans"];

function isOtlpRequest(row: Row): boolean {
  return OTLP.some((key) => Array.isArray(row[key])) || array(row["batches"]).some((batch) => has(batch, GROUPS));
}

/** MLflow's spans are alike, but for attributes as an object. */
function isOtlpSpan(row: Row): boolean {
  return (
    has(row, ["spanId", "span_id"]) &&
    has(row, ["startTimeUnixNano", "start_time_unix_nano"]) &&
    (Array.isArray(row["attributes"]) || !("attributes" in row))
  );
}
