import { object, type Json as Row } from "./json/access.ts";

/** What JSON formats look like, in order: the first that fits is taken. Sources: formats.md section 4.0 and the products' own exports. */
export const SHAPES: readonly Shape[] = [
  shape("otlp-json", "object with resourceSpans or resourceLogs", ({ item }) =>
    OTLP.some((key) => Array.isArray(item[key])),
  ),
  shape(
    "otlp-json",
    "Tempo or Grafana export",
    ({ value }) =>
      array(value["batches"]).some((batch) =>
        has(batch, ["scopeSpans", "scope_spans", "instrumentationLibrarySpans"]),
      ) || ["trace", "result", "data"].some((key) => OTLP.some((inner) => Array.isArray(object(value[key])[inner]))),
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
    [item, ...array(value["data"])].some((row) => isContext(row) && "span_kind" in row),
  ),
  shape("mlflow", "MLflow trace", ({ item }) => isMlflow(item)),
  shape("monocle", "trace with span_name items", ({ value }) =>
    array(value["spans"]).some((span) => "span_name" in span && "span_id" in span),
  ),
  shape("openai-agents", "trace and trace.span objects", ({ value, items }) =>
    [...items, ...array(value["data"])].some(isAgentsItem),
  ),
  shape("langsmith", "runs with run_type", ({ value, item }) =>
    [item, ...array(value["runs"])].some(
      (run) => "run_type" in run && has(run, ["dotted_order", "trace_id", "inputs", "child_runs"]),
    ),
  ),
  shape(
    "langfuse",
    "Langfuse observations",
    ({ value, item }) => isLangfuse(item) || array(value["data"]).some(isLangfuse),
  ),
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
      isTranscript(value) || (pure && (inArray ? items.slice(0, 8).some(isMessage) : items.every(isMessage))),
  ),
  shape("transcript", "runs with their messages", ({ item }) => Array.isArray(item["traj"]) || isTranscript(item)),
];

export interface Shape {
  readonly format: string;
  readonly why: string;
  test(looked: Looked): boolean;
}

/** The first value, its first item (itself when it is no array), and the items or following values seen. */
export interface Looked {
  value: Row;
  item: Row;
  items: Row[];
  array: boolean;
  /** Nothing but JSON follows. */
  pure: boolean;
}

const OTLP = [
  "resourceSpans",
  "resource_spans",
  "resourceLogs",
  "resource_logs",
  "resourceMetrics",
  "resource_metrics",
];
const LANGFUSE_TYPES = new Set([
  "SPAN",
  "GENERATION",
  "EVENT",
  "AGENT",
  "TOOL",
  "CHAIN",
  "RETRIEVER",
  "EVALUATOR",
  "EMBEDDING",
  "GUARDRAIL",
]);
const BODY_KEYS = ["messages", "input", "contents", "prompt"];

function shape(format: string, why: string, test: (looked: Looked) => boolean): Shape {
  return { format, why, test };
}

function isContext(row: Row): boolean {
  const context = object(row["context"]);
  return typeof context["trace_id"] === "string" && typeof context["span_id"] === "string" && "name" in row;
}

function isJaegerTrace(row: Row): boolean {
  return typeof row["traceID"] === "string" && Array.isArray(row["spans"]);
}

function isMlflow(row: Row): boolean {
  const spans = array(object(row["data"])["spans"]);
  if (
    "info" in row &&
    "data" in row &&
    (spans.length > 0 || has(object(row["info"]), ["request_id", "trace_id", "trace_metadata"]))
  )
    return true;
  return typeof row["trace_id"] === "string" && row["trace_id"].startsWith("tr-") && "span_id" in row;
}

function isAgentsItem(row: Row): boolean {
  return (
    (row["object"] === "trace" && "workflow_name" in row) || (row["object"] === "trace.span" && "span_data" in row)
  );
}

function isLangfuse(row: Row): boolean {
  if (Array.isArray(row["observations"])) return true;
  if ("trace" in row && Array.isArray(row["observations"])) return true;
  return (
    typeof row["traceId"] === "string" &&
    LANGFUSE_TYPES.has(String(row["type"])) &&
    has(row, ["startTime", "parentObservationId"])
  );
}

function isLogfire(row: Row): boolean {
  return (
    "trace_id" in row &&
    "span_id" in row &&
    "span_name" in row &&
    has(row, ["start_timestamp", "otel_status_code", "attributes"])
  );
}

function isExchange(row: Row): boolean {
  if (!has(row, ["response", "events", "status", "error"])) return false;
  return (
    BODY_KEYS.some((key) => key in object(row["request"])) ||
    (typeof row["request"] === "object" && "path" in row && "method" in row)
  );
}

function isAutogen(row: Row): boolean {
  return (
    typeof row["source"] === "string" &&
    "content" in row &&
    /(?:Event|Message)$/.test(String(row["type"])) &&
    !isLogLine(row)
  );
}

function isTranscript(row: Row): boolean {
  if (isLogLine(row)) return false;
  return ["messages", "contents", "input", "all_messages", "history", "conversation"].some((key) =>
    array(row[key]).slice(0, 8).some(isMessage),
  );
}

/** A JSON log line may hold messages too (AutoGen's `LLMCall` events): those are for the dialects of text logs. */
function isLogLine(row: Row): boolean {
  return (
    has(row, ["level", "levelname", "severity", "logger", "event", "msg"]) ||
    ("agent_id" in row && typeof row["type"] === "string") ||
    /^(?:LLM|Tool)(?:Call|Stream)/.test(String(row["type"]))
  );
}

/** One item of a history: OpenAI, Anthropic, Gemini, AI SDK, Responses items, LangChain, Pydantic AI, Claude Code lines. */
function isMessage(row: Row): boolean {
  if (isLogLine(row)) return false;
  const type = row["type"];
  if (typeof row["role"] === "string" && has(row, ["content", "parts", "tool_calls", "tool_call_id", "function_call"]))
    return true;
  if (type === "function_call" || type === "function_call_output") return "call_id" in row;
  if ((type === "human" || type === "ai" || type === "tool" || type === "system") && has(row, ["content", "data"]))
    return true;
  if ((type === "user" || type === "assistant") && typeof object(row["message"])["role"] === "string") return true;
  if (type === "system" && row["subtype"] === "init") return true;
  if (type === "summary" && "leafUuid" in row) return true;
  if (
    (row["kind"] === "request" || row["kind"] === "response") &&
    array(row["parts"]).some((part) => "part_kind" in part)
  )
    return true;
  return row["lc"] === 1 && "kwargs" in row;
}

function has(row: Row, keys: readonly string[]): boolean {
  return keys.some((key) => key in row);
}

function hex(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-fA-F]{16}(?:[0-9a-fA-F]{16})?$/.test(value);
}

/** Unlike `objects`, an item that is no object keeps its place. */
function array(value: unknown): Row[] {
  return Array.isArray(value) ? value.map(object) : [];
}
