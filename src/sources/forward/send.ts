import type { Client } from "@grpc/grpc-js";
import type { Batch, Encoding, Signal } from "../otlp/export.ts";

/** How the other side took a request. */
export type Sent =
  | { kind: "taken" }
  /** It will not take it, whenever it is sent. */
  | { kind: "refused"; why: string }
  /** To be sent again, after so many seconds where it said so. */
  | { kind: "later"; why: string; seconds: number | null };

export interface Sender {
  send(batch: Batch): Promise<Sent>;
  /** gRPC has protobuf alone. */
  takes(encoding: Encoding): boolean;
  close(): void;
}

/** By the scheme of the address: `http(s)://` OTLP/HTTP, `grpc(s)://` OTLP/gRPC. */
export async function openSender(to: URL, headers: Record<string, string>): Promise<Sender> {
  return to.protocol.startsWith("grpc") ? openGrpc(to, headers) : openHttp(to, headers);
}

const TIMEOUT_MS = 10_000;
/** The specification's. */
const AGAIN = new Set([429, 502, 503, 504]);

function openHttp(to: URL, headers: Record<string, string>): Sender {
  const base = `${to.origin}${to.pathname.replace(/\/$/, "")}`;
  return {
    async send({ signal, encoding, bytes }) {
      const type = encoding === "json" ? "application/json" : "application/x-protobuf";
      try {
        const answer = await fetch(`${base}/v1/${signal}`, {
          method: "POST",
          body: new Uint8Array(bytes),
          headers: { ...headers, "content-type": type },
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        const said = (await answer.text()).slice(0, 300);
        if (answer.ok) return { kind: "taken" };
        if (!AGAIN.has(answer.status)) return { kind: "refused", why: `HTTP ${answer.status} ${said}` };
        return { kind: "later", why: `HTTP ${answer.status}`, seconds: secondsOf(answer.headers.get("retry-after")) };
      } catch (error) {
        const { message, cause } = error as Error;
        return { kind: "later", why: cause instanceof Error ? cause.message : message, seconds: null };
      }
    },
    takes: () => true,
    close: () => {},
  };
}

/** Seconds, or a date. */
function secondsOf(header: string | null): number | null {
  if (header === null) return null;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 300) : null;
}

const SERVICES: Record<Signal, string> = {
  traces: "trace.v1.TraceService",
  logs: "logs.v1.LogsService",
  metrics: "metrics.v1.MetricsService",
};
/** CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS. */
const CODES_AGAIN = new Set([1, 4, 8, 10, 11, 14, 15]);

async function openGrpc(to: URL, headers: Record<string, string>): Promise<Sender> {
  const grpc = await import("@grpc/grpc-js");
  const credentials = to.protocol === "grpcs:" ? grpc.credentials.createSsl() : grpc.credentials.createInsecure();
  const client: Client = new grpc.Client(to.host, credentials);
  const same = (bytes: Buffer): Buffer => bytes;
  return {
    send({ signal, bytes }) {
      const metadata = new grpc.Metadata();
      for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
      return new Promise((resolve) => {
        const path = `/opentelemetry.proto.collector.${SERVICES[signal]}/Export`;
        client.makeUnaryRequest(
          path,
          same,
          same,
          Buffer.from(bytes),
          metadata,
          { deadline: Date.now() + TIMEOUT_MS },
          (error) => {
            if (error === null) resolve({ kind: "taken" });
            else if (CODES_AGAIN.has(error.code)) resolve({ kind: "later", why: error.message, seconds: null });
            else resolve({ kind: "refused", why: error.message });
          },
        );
      });
    },
    takes: (encoding) => encoding === "protobuf",
    close: () => client.close(),
  };
}
