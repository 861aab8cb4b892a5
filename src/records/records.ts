import type { Scope } from "./evidence.ts";

/** One record of a text log, framed and unwrapped. Times are nanoseconds since the epoch. */
export interface LogRecord {
  /** 1-based line of its first byte, and byte range in the decompressed source. */
  line: number;
  byteOffset: number;
  byteLength: number;
  time: bigint | null;
  level: "trace" | "debug" | "info" | "warn" | "error" | "fatal" | null;
  logger: string | null;
  /** What was said, envelopes and ANSI removed; a traceback that was folded into the record is part of it. */
  text: string;
  /** The traceback or stack where an envelope carries it in a field of its own (`err.stack`, `exc_info`), else null. */
  exception: string | null;
  /** For each line of `text`, its line in the source (a JSON string holds many lines in one). */
  lines: number[];
  /** Fields of a structured envelope, innermost wins; the message, time, level and exception fields are left out. */
  fields: Record<string, unknown>;
  /** Envelopes peeled, outermost first: `docker-json`, `compose`, `pino`, ... */
  envelopes: string[];
  /** Distinct ids of the literals that the prefilter hit inside the record; null when it was not scanned. */
  hits: ReadonlySet<number> | null;
  /** True when the record was longer than the window and only the part around the hit is here. */
  truncated: boolean;
  scope: Scope;
}

export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId: string | null;
  name: string;
  kind: "unspecified" | "internal" | "server" | "client" | "producer" | "consumer";
  startNs: bigint | null;
  endNs: bigint | null;
  status: { code: "unset" | "ok" | "error"; message: string | null };
  attributes: Record<string, unknown>;
  events: SpanEvent[];
  links: { traceId: string; spanId: string; attributes: Record<string, unknown> }[];
  dropped: { attributes: number; events: number; links: number };
  scope: { name: string; version: string | null; attributes: Record<string, unknown> };
  resource: Record<string, unknown>;
  source: string;
  line: number | null;
}

export interface SpanEvent {
  timeNs: bigint | null;
  name: string;
  attributes: Record<string, unknown>;
}

/** A log record of the OTLP logs signal (text logs are `LogRecord`). */
export interface OtelLog {
  timeNs: bigint | null;
  severity: number;
  eventName: string | null;
  body: unknown;
  attributes: Record<string, unknown>;
  traceId: string | null;
  spanId: string | null;
  scopeName: string;
  resource: Record<string, unknown>;
  source: string;
  line: number | null;
}

export interface ToolDefinition {
  name: string;
  description: string | null;
  /** JSON Schema of the parameters as offered; null when only the name is known. */
  schema: unknown;
  /** JSON Schema of the result, where one was declared (MCP `outputSchema`). */
  output?: unknown;
  /** Strict mode was asked for. */
  strict?: true;
}

export interface RequestedCall {
  id: string | null;
  name: string | null;
  /** Exactly as the model wrote it; null when it was not recorded. */
  argumentsRaw: string | null;
  /** Where the telemetry holds only the parsed object: that object (argumentsRaw is then its JSON). */
  parsed?: boolean;
}

/** One item of a chat history, neutral of provider. */
export interface Message {
  role: "system" | "user" | "assistant" | "tool" | string;
  /** Text parts joined by a newline; null when there are none. */
  text: string | null;
  calls: RequestedCall[];
  results: ToolResult[];
  /** It also holds what is no text: an image, a file, a recording. */
  partial?: true;
}

export interface ToolResult {
  callId: string | null;
  tool: string | null;
  content: string;
  /** An explicit flag of the format (`isError`, `is_error`, `status: error`, `error-text`); null where there is none. */
  isError: boolean | null;
  /** The result as data (MCP `structuredContent`); null where the format has a place for it and it is empty. */
  structured?: unknown;
}

/** One request to a model and its answer, as they went over the wire, or a saved transcript (then without status). */
export interface Exchange {
  timeNs: bigint | null;
  provider: string | null;
  model: string | null;
  status: number | null;
  tools: ToolDefinition[] | null;
  messages: Message[];
  /** `faults`: what a simple assembly of the stream gets wrong (src/ingest/stream: `shared-index`, `no-id`, `unfinished-call`). */
  answer: { message: Message; finishReason: string | null; complete: boolean; faults?: string[] } | null;
  error: {
    status: number | null;
    code: string | null;
    type: string | null;
    param: string | null;
    message: string;
  } | null;
  /** Raw request body where a dialect needs more of it (tool_choice, parallel_tool_calls, response_format). */
  options: Record<string, unknown>;
  scope: Scope;
  line: number | null;
  index: number;
}
