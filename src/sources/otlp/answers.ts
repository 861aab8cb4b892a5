import type { Encoding, Signal } from "./export.ts";

/**
 * ExportTraceServiceResponse:  1 partial_success ExportTracePartialSuccess (unset when all was taken)
 * ExportTracePartialSuccess:   1 rejected_spans int64, 2 error_message string; logs and metrics alike
 */
export function successBody(signal: Signal, encoding: Encoding, rejected: number, message: string | null): Buffer {
  if (rejected === 0 && message === null) return encoding === "json" ? Buffer.from("{}") : Buffer.alloc(0);
  if (encoding === "json") {
    const partialSuccess = {
      ...(rejected > 0 && { [REJECTED[signal]]: String(rejected) }),
      ...(message !== null && { errorMessage: message }),
    };
    return Buffer.from(JSON.stringify({ partialSuccess }));
  }
  const parts = [
    ...(rejected > 0 ? [varintField(1, rejected)] : []),
    ...(message === null ? [] : [lengthField(2, Buffer.from(message))]),
  ];
  return lengthField(1, Buffer.concat(parts));
}

const REJECTED: Record<Signal, string> = {
  traces: "rejectedSpans",
  logs: "rejectedLogRecords",
  metrics: "rejectedDataPoints",
};

/** google.rpc.Status: 1 code int32, 2 message string, 3 details repeated Any. `code` is one of gRPC's. */
export function statusBody(encoding: Encoding, code: number, message: string): Buffer {
  if (encoding === "json") return Buffer.from(JSON.stringify({ code, message }));
  return Buffer.concat([varintField(1, code), lengthField(2, Buffer.from(message))]);
}

/**
 * The same with a RetryInfo, for the trailer `grpc-status-details-bin`.
 * Any: 1 type_url string, 2 value bytes. RetryInfo: 1 retry_delay Duration. Duration: 1 seconds int64.
 */
export function statusWithRetry(code: number, message: string, seconds: number): Buffer {
  const retry = lengthField(1, varintField(1, seconds));
  const any = Buffer.concat([
    lengthField(1, Buffer.from("type.googleapis.com/google.rpc.RetryInfo")),
    lengthField(2, retry),
  ]);
  return Buffer.concat([statusBody("protobuf", code, message), lengthField(3, any)]);
}

export const CODE = { invalidArgument: 3, resourceExhausted: 8, unauthenticated: 16, unavailable: 14 } as const;

function varintField(field: number, value: number): Buffer {
  return Buffer.from([field << 3, ...varint(value)]);
}

function lengthField(field: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(field << 3) | 2, ...varint(bytes.length)]), bytes]);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes.push((left % 0x80) | 0x80);
  return [...bytes, left];
}
