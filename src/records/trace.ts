import type { Span } from "./records.ts";

/** A span without its content: its place and times, and who wrote it. What shows that the record itself is broken. */
export interface TraceSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string | null;
  name: string;
  kind: Span["kind"];
  startNs: bigint | null;
  endNs: bigint | null;
  status: Span["status"]["code"];
  /** Type of its last exception event, where that is no control flow. */
  exception: string | null;
  /** The instrumentation scope, with its version. */
  tracer: string;
  /** The machine or process, as the resource names it. */
  host: string | null;
  /** Attributes, events and links that the SDK left out. */
  dropped: number;
  source: string;
}

/** Spans by trace, in the order in which they came. */
export type Traces = ReadonlyMap<string, readonly TraceSpan[]>;
