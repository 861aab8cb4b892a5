/** Where something was seen. `highlight` counts UTF-16 units in `excerpt`; `byteOffset` counts decompressed bytes. */
export interface Evidence {
  kind: "log" | "span" | "message";
  /** The path as it was given, or `-`. */
  source: string;
  line: number | null;
  byteOffset: number | null;
  traceId: string | null;
  spanId: string | null;
  messageIndex: number | null;
  callId: string | null;
  excerpt: string;
  highlight: [start: number, end: number] | null;
}

/** What was read there: the span, else the line of the source. */
export function recordOf({ source, line, traceId, spanId }: Evidence): string {
  return spanId === null ? `${source} ${line}` : `${traceId} ${spanId}`;
}

/** Whom a record, fact or text belongs to. All ids are as the telemetry has them; hex ids in lower case. */
export interface Scope {
  source: string;
  /** A process or container woven into one source (compose, k8s, journald prefix). */
  stream: string | null;
  traceId: string | null;
  spanId: string | null;
  parentSpanId: string | null;
  run: string | null;
  conversation: string | null;
  agent: string | null;
  model: string | null;
  framework: string | null;
  frameworkVersion: string | null;
}

export function scopeOf(source: string, known: Partial<Scope> = {}): Scope {
  return {
    source,
    stream: null,
    traceId: null,
    spanId: null,
    parentSpanId: null,
    run: null,
    conversation: null,
    agent: null,
    model: null,
    framework: null,
    frameworkVersion: null,
    ...known,
  };
}
