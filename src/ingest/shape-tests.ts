import { object, type Json as Row } from "./json/access.ts";
import { isStep } from "./messages/step.ts";

/** What one row looks like, by the keys that only its product writes; for the table of shapes.ts. */
export function isContext(row: Row): boolean {
  const context = object(row["context"]);
  return typeof context["trace_id"] === "string" && typeof context["span_id"] === "string" && "name" in row;
}

export function isJaegerTrace(row: Row): boolean {
  return typeof row["traceID"] === "string" && Array.isArray(row["spans"]);
}

export function isMlflow(row: Row): boolean {
  const spans = array(object(row["data"])["spans"]);
  if (
    "info" in row &&
    "data" in row &&
    (spans.length > 0 || has(object(row["info"]), ["request_id", "trace_id", "trace_metadata"]))
  )
    return true;
  // the artifact `traces.json`
  if ([row, ...array(row["spans"])].some(hasMlflowKey)) return true;
  // a span, a row of `search_traces`, its row in version 2
  if (typeof row["trace_id"] === "string" && row["trace_id"].startsWith("tr-"))
    return has(row, ["span_id", "trace", "trace_metadata", "execution_duration"]);
  return typeof row["request_id"] === "string" && "timestamp_ms" in row && has(row, ["request_metadata", "spans"]);
}

function hasMlflowKey(span: Row): boolean {
  return "name" in span && Object.keys(object(span["attributes"])).some((key) => key.startsWith("mlflow."));
}

export function isAgentsItem(row: Row): boolean {
  return (
    (row["object"] === "trace" && "workflow_name" in row) || (row["object"] === "trace.span" && "span_data" in row)
  );
}

export function isLogfire(row: Row): boolean {
  return (
    "trace_id" in row &&
    "span_id" in row &&
    "span_name" in row &&
    has(row, ["start_timestamp", "otel_status_code", "attributes"])
  );
}

export function isExchange(row: Row): boolean {
  if (!has(row, ["response", "events", "status", "error"])) return false;
  return (
    BODY_KEYS.some((key) => key in object(row["request"])) ||
    (typeof row["request"] === "object" && "path" in row && "method" in row)
  );
}

export function isAutogen(row: Row): boolean {
  return (
    typeof row["source"] === "string" &&
    "content" in row &&
    /(?:Event|Message)$/.test(String(row["type"])) &&
    !isLogLine(row)
  );
}

export function isTranscript(row: Row): boolean {
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

/** One message a line, as many tools write them; Claude Code has lines of other types between. */
export function areLines(items: readonly Row[]): boolean {
  return items.some(isMessage) && items.every((item) => isMessage(item) || OTHER_LINES.has(String(item["type"])));
}

const OTHER_LINES = new Set(["system", "result", "summary", "file-history-snapshot", "queue-operation", "progress"]);

/** One item of a history: OpenAI, Anthropic, Gemini, AI SDK, Responses items, LangChain, Pydantic AI, Claude Code lines. */
export function isMessage(row: Row): boolean {
  if (isLogLine(row)) return false;
  if (isStep(row)) return true;
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

export function has(row: Row, keys: readonly string[]): boolean {
  return keys.some((key) => key in row);
}

export function hex(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-fA-F]{16}(?:[0-9a-fA-F]{16})?$/.test(value);
}

/** Unlike `objects`, an item that is no object keeps its place. */
export function array(value: unknown): Row[] {
  return Array.isArray(value) ? value.map(object) : [];
}

const BODY_KEYS = ["messages", "input", "contents", "prompt"];
