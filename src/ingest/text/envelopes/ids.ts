import { isObject } from "./json/parse.ts";
import { valueAt } from "./json/path.ts";

/** Whom a record belongs to, read under the usual field names. Hex ids in lower case. */
export interface Ids {
  traceId?: string;
  spanId?: string;
  callId?: string;
  tool?: string;
  run?: string;
  agent?: string;
  model?: string;
  conversation?: string;
}

/** Field names, the surest first. */
const NAMES: Record<keyof Ids, readonly string[]> = {
  traceId: ["trace_id", "traceId", "traceID", "otelTraceID", "trace.id", "dd.trace_id", "dd.traceId", "TraceId", "@tr"],
  spanId: ["span_id", "spanId", "spanID", "otelSpanID", "span.id", "dd.span_id", "SpanId", "@sp"],
  callId: [
    "tool_call_id",
    "toolCallId",
    "gen_ai.tool.call.id",
    "tool_use_id",
    "toolUseId",
    "tool_call.id",
    "call_id",
    "callId",
  ],
  tool: ["tool_name", "toolName", "gen_ai.tool.name", "tool", "tool.name", "function_name", "functionName"],
  run: [
    "run_id",
    "runId",
    "request_id",
    "requestId",
    "requestID",
    "correlation_id",
    "correlationId",
    "job_id",
    "req_id",
    "reqId",
  ],
  agent: ["agent_name", "agentName", "gen_ai.agent.name", "agent", "agent.name", "agent_id", "agentId"],
  model: ["gen_ai.request.model", "gen_ai.response.model", "model", "model_name", "modelName", "model_id", "modelId"],
  conversation: [
    "gen_ai.conversation.id",
    "conversation_id",
    "conversationId",
    "thread_id",
    "threadId",
    "session_id",
    "sessionId",
    "session.id",
    "chat_id",
  ],
};

/** Objects in which loggers put what was bound to them. */
const CONTAINERS = [
  "extra",
  "context",
  "ctx",
  "attributes",
  "attrs",
  "labels",
  "metadata",
  "data",
  "mdc",
  "contextMap",
  "fields",
  "properties",
];

/** The ids among the fields of a record. */
export function readIds(fields: Record<string, unknown>): Ids {
  const ids: Ids = {};
  const places = [fields, ...CONTAINERS.map((name) => fields[name]).filter(isObject)];
  for (const place of places) {
    for (const key of keysIn(place)) {
      if (ids[key] !== undefined) continue;
      for (const name of NAMES[key]) {
        const value = clean(key, valueAt(place, name));
        if (value !== null) {
          ids[key] = value;
          break;
        }
      }
    }
    fromTraceparent(place, ids);
  }
  const id = fields["id"];
  if (
    ids.callId === undefined &&
    typeof id === "string" &&
    /^(?:call_|toolu_|tooluse_|chatcmpl-tool-|fc_)\w/.test(id)
  ) {
    ids.callId = id;
  }
  return ids;
}

/** The ids that a record with these fields can have at all: mostly none. */
function keysIn(place: Record<string, unknown>): ReadonlySet<keyof Ids> {
  const keys = new Set<keyof Ids>();
  for (const name of Object.keys(place)) for (const key of BY_FIELD.get(name) ?? []) keys.add(key);
  return keys;
}

/** By a field's name, or the first part of its path, the ids that may stand there. */
const BY_FIELD = new Map<string, (keyof Ids)[]>();
for (const [key, names] of Object.entries(NAMES) as [keyof Ids, readonly string[]][])
  for (const field of names.flatMap((name) => [name, name.replace(/\..*/, "")]))
    BY_FIELD.set(field, [...(BY_FIELD.get(field) ?? []), key]);

const PLACEHOLDERS = new Set(["", "0", "null", "None", "undefined", "unknown", "<not specified>", "-"]);

function clean(key: keyof Ids, value: unknown): string | null {
  // Run and request ids are often numbers; a numeric thread id is the operating system's.
  const text = typeof value === "number" && key === "run" ? String(value) : value;
  if (typeof text !== "string" || text.length > 200 || PLACEHOLDERS.has(text)) return null;
  if (key !== "traceId" && key !== "spanId") return text;
  const hex = text
    .toLowerCase()
    .replace(/^0x/, "")
    .replace(/^urn:uuid:/, "");
  return /^[0\s-]*$/.test(hex) ? null : hex;
}

/** `traceparent` and Google's `projects/P/traces/T`. */
function fromTraceparent(place: Record<string, unknown>, ids: Ids): void {
  const parent = place["traceparent"];
  const match = typeof parent === "string" ? /^\w\w-([0-9a-f]{32})-([0-9a-f]{16})-/.exec(parent) : null;
  if (match !== null) {
    ids.traceId ??= match[1]!;
    ids.spanId ??= match[2]!;
  }
  for (const name of ["logging.googleapis.com/trace", "trace"]) {
    const trace = place[name];
    const found = typeof trace === "string" ? /(?:^|\/traces\/)([0-9a-f]{32})$/.exec(trace) : null;
    if (found !== null) ids.traceId ??= found[1]!;
  }
  const span = place["logging.googleapis.com/spanId"];
  if (typeof span === "string" && /^[0-9a-f]{16}$/.test(span)) ids.spanId ??= span;
}
