import type { Metadata, sendUnaryData, Server, ServerUnaryCall } from "@grpc/grpc-js";
import { isAllowed, type Access } from "./access.ts";
import { CODE, statusWithRetry, successBody } from "./answers.ts";
import { count, sawPeer, type Counts, type Signal, type Take } from "./export.ts";

export interface GrpcOptions {
  host: string;
  /** 0: any free one. */
  port: number;
  access: Access;
  maxRequest: number;
  counts: Counts;
}

export interface GrpcReceiver {
  port: number;
  close(): Promise<void>;
}

/** OTLP/gRPC: `Export` of the three services. The library is loaded here, since it takes a while. */
export async function startGrpc(
  take: Take,
  { host, port, access, maxRequest, counts }: GrpcOptions,
): Promise<GrpcReceiver> {
  const grpc = await import("@grpc/grpc-js");
  const server = new grpc.Server({
    "grpc.max_receive_message_length": maxRequest,
    "grpc.max_send_message_length": 1 << 20,
    "grpc.max_concurrent_streams": 200,
  });
  for (const signal of SIGNALS) {
    server.addService(serviceOf(signal), {
      Export(call: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>) {
        void answer(call, signal).then(
          (body) => done(null, body),
          (error) => done(error as Refusal),
        );
      },
    });
  }

  async function answer(call: ServerUnaryCall<Buffer, Buffer>, signal: Signal): Promise<Buffer> {
    if (!isAllowed(call.metadata.get("authorization")[0]?.toString(), access))
      throw refusal(CODE.unauthenticated, "a bearer token is needed");
    counts.inFlight++;
    sawPeer(counts, call.getPeer(), performance.now());
    try {
      counts.bytes += call.request.length;
      const outcome = await take({ signal, encoding: "protobuf", bytes: call.request });
      count(counts.requests, `${signal} grpc ${outcome.kind}`);
      if (outcome.kind === "malformed") throw refusal(CODE.invalidArgument, outcome.message);
      if (outcome.kind === "busy") throw refusal(CODE.unavailable, outcome.message, outcome.retryAfter);
      return successBody(signal, "protobuf", outcome.rejected, outcome.message);
    } finally {
      counts.inFlight--;
    }
  }

  function refusal(code: number, details: string, retryAfter?: number): Refusal {
    const metadata = new grpc.Metadata();
    if (retryAfter !== undefined) metadata.set("grpc-status-details-bin", statusWithRetry(code, details, retryAfter));
    return Object.assign(new Error(details), { code, details, metadata });
  }

  const credentials =
    access.tls === null
      ? grpc.ServerCredentials.createInsecure()
      : grpc.ServerCredentials.createSsl(null, [{ cert_chain: access.tls.cert, private_key: access.tls.key }]);
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`${host.includes(":") ? `[${host}]` : host}:${port}`, credentials, (error, at) =>
      error === null ? resolve(at) : reject(error),
    );
  });
  return { port: bound, close: () => closed(server) };
}

type Refusal = Error & { code: number; details: string; metadata: Metadata };

const SIGNALS: readonly Signal[] = ["traces", "logs", "metrics"];
const SERVICES: Record<Signal, string> = {
  traces: "opentelemetry.proto.collector.trace.v1.TraceService",
  logs: "opentelemetry.proto.collector.logs.v1.LogsService",
  metrics: "opentelemetry.proto.collector.metrics.v1.MetricsService",
};

function serviceOf(signal: Signal) {
  const same = (bytes: Buffer): Buffer => bytes;
  return {
    Export: {
      path: `/${SERVICES[signal]}/Export`,
      requestStream: false,
      responseStream: false,
      requestSerialize: same,
      requestDeserialize: same,
      responseSerialize: same,
      responseDeserialize: same,
    },
  };
}

/** Requests that run are finished, for a second at most. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, 1000);
    server.tryShutdown(() => {
      clearTimeout(force);
      resolve();
    });
  });
}
