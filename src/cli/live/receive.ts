import { readFileSync } from "node:fs";
import { decodeOtlp } from "../../index.ts";
import { count, type Batch, type Outcome, type Take } from "../../sources/otlp/export.ts";
import { ListenError, startEndpoints, type Endpoints } from "../../sources/otlp/endpoints.ts";
import type { HttpOptions } from "../../sources/otlp/http.ts";
import { frameOf } from "../../sources/record/frames.ts";
import type { Forwarder } from "../../sources/forward/forwarder.ts";
import type { Recording } from "../../sources/record/record.ts";
import type { Call } from "../call.ts";
import { UsageError } from "../errors.ts";
import { pagesOf } from "./pages.ts";
import type { Watch } from "./watch.ts";

export interface ReceiveOptions {
  host: string;
  httpPort: number;
  grpcPort: number | "shared";
  recording: Recording | null;
  forwarder: Forwarder | null;
  log: HttpOptions["log"];
}

/** Starts the receiver in front of a watch, as the flags say. */
export async function receive(
  watch: Watch,
  call: Call,
  { host, httpPort, grpcPort, recording, forwarder, log }: ReceiveOptions,
): Promise<Endpoints> {
  const { values } = call;
  let items: Map<string, number> | null = null;

  async function take(batch: Batch): Promise<Outcome> {
    // what is malformed is not passed on; a look that leaves no traces, since the sender may have to come again
    const checked = forwarder === null ? null : decodeOtlp(batch, "", NOWHERE);
    if (forwarder !== null && checked === null)
      return { kind: "malformed", message: `not an OTLP ${batch.signal} request` };
    const frame = recording === null ? null : frameOf(batch);
    if (frame !== null) {
      try {
        await recording!.append(frame);
      } catch (error) {
        log("warn", "cannot record", { error: (error as Error).message });
        return { kind: "busy", message: "the recording cannot be written", retryAfter: 5 };
      }
    }
    if (forwarder !== null) {
      if (!forwarder.takes(batch.encoding))
        return { kind: "malformed", message: "--forward goes to gRPC, which has no JSON: send protobuf" };
      const isIn = await forwarder.put({ ...batch, isClean: checked?.rejected === 0 }).catch((error: Error) => {
        log("warn", "cannot queue", { error: error.message });
        return false;
      });
      if (!isIn) return { kind: "busy", message: "the queue of --forward is full", retryAfter: 5 };
    }
    const decoded = await watch.live.otlp(batch);
    if (decoded === null) return { kind: "malformed", message: `not an OTLP ${batch.signal} request` };
    watch.touch();
    if (items !== null) {
      count(items, `${batch.signal} accepted`, decoded.accepted + decoded.metrics);
      count(items, `${batch.signal} rejected`, decoded.rejected);
    }
    return {
      kind: "taken",
      rejected: decoded.rejected,
      message: decoded.rejected === 0 ? null : `rejected: ${decoded.reason}`,
    };
  }

  try {
    const endpoints = await startEndpoints(take satisfies Take, {
      host,
      httpPort,
      grpcPort,
      access: { token: values.token, tls: tlsOf(values["tls-cert"], values["tls-key"]) },
      maxRequest: MAX_REQUEST,
      maxInFlight: MAX_IN_FLIGHT,
      corsOrigins: values["cors-origin"],
      pages: (counts) => pagesOf(counts, watch.live, recording, forwarder),
      log,
    });
    items = endpoints.counts.items;
    return endpoints;
  } catch (error) {
    if (error instanceof ListenError) throw new UsageError(error.message);
    throw error;
  }
}

const nothing = (): void => {};
const NOWHERE = { log: nothing, span: nothing, otelLog: nothing, exchange: nothing, drop: nothing, note: nothing };

/** What the specification advises. */
const MAX_REQUEST = 64 << 20;
const MAX_IN_FLIGHT = 256 << 20;

function tlsOf(cert: string | null, key: string | null): { cert: Buffer; key: Buffer } | null {
  if (cert === null && key === null) return null;
  if (cert === null || key === null) throw new UsageError("--tls-cert and --tls-key go together");
  try {
    return { cert: readFileSync(cert), key: readFileSync(key) };
  } catch (error) {
    throw new UsageError(`the certificate cannot be read: ${(error as Error).message}`);
  }
}
