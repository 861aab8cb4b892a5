import { object } from "./ingest/json/access.ts";
import { parseJson } from "./ingest/json/parse.ts";
import { readRequests } from "./ingest/otlp/json.ts";
import { readRequest } from "./ingest/otlp/request.ts";
import type { Sink } from "./records/format.ts";

/** One export request as a receiver has it, decompressed. */
export interface OtlpBatch {
  signal: "traces" | "logs" | "metrics";
  encoding: "protobuf" | "json";
  bytes: Uint8Array;
}

/** `rejected`: items that were dropped because they are malformed, to be told to the sender. `metrics` are counted, and left out. */
export interface OtlpDecoded {
  accepted: number;
  rejected: number;
  metrics: number;
  /** Why items were rejected; null when none was. */
  reason: string | null;
}

/** Gives the records of one request to the sink; null when it is no OTLP request at all (HTTP 400, gRPC INVALID_ARGUMENT). */
export function decodeOtlp({ signal, encoding, bytes }: OtlpBatch, source: string, sink: Sink): OtlpDecoded | null {
  const count: OtlpDecoded = { accepted: 0, rejected: 0, metrics: 0, reason: null };
  const counting: Sink = {
    ...sink,
    drop(reason, times = 1) {
      if (reason === "metrics") count.metrics += times;
      else {
        count.rejected += times;
        count.reason ??= reason;
      }
      sink.drop(reason, times);
    },
  };
  if (encoding === "protobuf") count.accepted = readRequest(bytes, signal, source, counting);
  else {
    const value = parseJson(bytes);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    if (Object.keys(object(value)).length > 0) count.accepted = readRequests(value, source, null, counting);
  }
  const nothing = count.accepted === 0 && count.metrics === 0;
  return nothing && count.rejected > 0 && WHOLE.has(count.reason ?? "") ? null : count;
}

/** Reasons that are about the request, not about one item in it. */
const WHOLE = new Set(["malformed protobuf", "not an OTLP request"]);
