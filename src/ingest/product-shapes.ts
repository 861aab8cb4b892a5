import { eventIn } from "./exports/cloudwatch.ts";
import { isLangfuseEvent } from "./exports/langfuse-batch.ts";
import { callIn } from "./exports/weave.ts";
import { documentIn } from "./exports/xray.ts";
import { object, type Json as Row } from "./json/access.ts";
import { array, has } from "./shape-tests.ts";
import { shape, type Shape } from "./shape.ts";

/** What the tracing products send and export, by the keys that only they write. Sources: what their SDKs sent (test/saved). */
export const PRODUCT_SHAPES: readonly Shape[] = [
  shape("langsmith", "runs with run_type", ({ value, item }) =>
    [item, ...array(value["runs"]), ...array(value["data"])].some(isLangsmith),
  ),
  shape("langsmith", "batches of runs, as LangSmith's SDKs send them", ({ item }) =>
    [...array(item["post"]), ...array(item["patch"])].some(isLangsmith),
  ),
  shape("cloudwatch", "OpenTelemetry spans or logs of CloudWatch", ({ value, item }) =>
    [item, ...array(value["events"])].some((event) => isCloudwatch(eventIn(event))),
  ),
  shape("xray", "segments of AWS X-Ray", ({ value, item }) =>
    [item, ...array(item["Segments"]), ...array(value["Traces"]).flatMap((trace) => array(trace["Segments"]))].some(
      (segment) => isXray(documentIn(segment)),
    ),
  ),
  shape("google-trace", "Google Cloud Trace", ({ value, item }) =>
    [item, ...array(value["traces"])].some(isGoogleTrace),
  ),
  shape("opik", "Opik's spans or traces", ({ value, item }) =>
    [item, ...["spans", "traces", "content"].flatMap((key) => array(value[key]))].some(isOpik),
  ),
  shape("braintrust", "Braintrust's rows", ({ value, item }) =>
    [item, ...["rows", "data", "events"].flatMap((key) => array(value[key]))].some(isBraintrust),
  ),
  shape("weave", "calls of W&B Weave", ({ value, item }) =>
    [item, ...["batch", "calls"].flatMap((key) => array(value[key]))].some((row) => isWeave(callIn(row))),
  ),
  shape("datadog", "spans of Datadog LLM Observability", ({ item }) => [item, ...array(item["spans"])].some(isDatadog)),
  shape(
    "langfuse",
    "Langfuse observations",
    ({ value, item }) => isLangfuse(item) || array(value["data"]).some(isLangfuse),
  ),
];

/** A span, or a trace: that has no type, and no trace around it. */
function isOpik(row: Row): boolean {
  return (
    "start_time" in row &&
    has(row, ["project_name", "project_id"]) &&
    has(row, ["last_updated_at", "error_info", "source", "parent_span_id"]) &&
    (("trace_id" in row && OPIK_TYPES.has(String(row["type"]))) || (!("trace_id" in row) && "input" in row))
  );
}

function isBraintrust(row: Row): boolean {
  return "root_span_id" in row && "span_id" in row && has(row, ["span_attributes", "_is_merge", "span_parents"]);
}

function isDatadog(span: Row): boolean {
  const meta = object(span["meta"]);
  return "start_ns" in span && "span_id" in span && ("span.kind" in meta || "kind" in object(meta["span"]));
}

/** A call, or the half that ends one. */
function isWeave(call: Row): boolean {
  return (
    ("trace_id" in call &&
      "started_at" in call &&
      "op_name" in call &&
      has(call, ["inputs", "project_id", "attributes"])) ||
    ("ended_at" in call && "project_id" in call && "summary" in call)
  );
}

/** OpenTelemetry's names, but attributes as an object; or a log record with a body. */
function isCloudwatch(row: Row): boolean {
  if (typeof row["traceId"] !== "string" || typeof row["spanId"] !== "string") return false;
  const { attributes } = row;
  if (typeof attributes !== "object" || attributes === null || Array.isArray(attributes)) return false;
  return (
    has(row, ["startTimeUnixNano", "durationNano"]) || ("body" in row && has(row, ["timeUnixNano", "severityNumber"]))
  );
}

function isXray(segment: Row): boolean {
  return (
    typeof segment["trace_id"] === "string" &&
    /^1-[0-9a-f]{8}-[0-9a-f]{24}$/.test(segment["trace_id"]) &&
    "start_time" in segment
  );
}

function isGoogleTrace(row: Row): boolean {
  const spans = array(row["spans"]);
  if ("traceId" in row && spans.some((span) => "labels" in span || ("spanId" in span && "startTime" in span)))
    return true;
  return [row, ...spans].some(
    (span) => "value" in object(span["displayName"]) && /\/traces\/\w{1,64}\/spans\//.test(String(span["name"])),
  );
}

/** A run, or the body that ends one: in old versions that has no `run_type`. */
function isLangsmith(row: Row): boolean {
  return (
    ("run_type" in row && has(row, ["dotted_order", "trace_id", "inputs", "child_runs"])) ||
    ("dotted_order" in row && "trace_id" in row && has(row, ["end_time", "outputs"]))
  );
}

function isLangfuse(row: Row): boolean {
  if (Array.isArray(row["observations"]) || isLangfuseEvent(row) || array(row["batch"]).some(isLangfuseEvent))
    return true;
  return (
    has(row, ["traceId", "trace_id"]) &&
    LANGFUSE_TYPES.has(String(row["type"])) &&
    has(row, ["startTime", "parentObservationId", "parent_observation_id", "provided_model_name"])
  );
}

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
const OPIK_TYPES = new Set(["general", "tool", "llm", "guardrail"]);
