import type { Server } from "node:http";
import type { AddressInfo, Server as NetServer } from "node:net";
import { isLoopback, type Access } from "./access.ts";
import { createCounts, type Counts, type Take } from "./export.ts";
import { startGrpc, type GrpcReceiver } from "./grpc.ts";
import { createHttpReceiver, type HttpOptions } from "./http.ts";
import { createOnePort } from "./one-port.ts";

export interface EndpointOptions {
  host: string;
  /** 0: any free one. */
  httpPort: number;
  /** "shared": the same as HTTP's. */
  grpcPort: number | "shared";
  access: Access;
  maxRequest: number;
  maxInFlight: number;
  corsOrigins: readonly string[];
  pages: (counts: Counts) => HttpOptions["pages"];
  log: HttpOptions["log"];
}

/** A receiver that listens. Ports are those that it got. */
export interface Endpoints {
  httpPort: number;
  grpcPort: number;
  counts: Counts;
  /** No new requests; those that run are finished. */
  close(): Promise<void>;
}

/** Why a receiver does not start, in words for its user. */
export class ListenError extends Error {}

/** Starts OTLP over HTTP and gRPC. Beyond loopback only with a certificate and a token. */
export async function startEndpoints(take: Take, options: EndpointOptions): Promise<Endpoints> {
  const { host, access } = options;
  if (!isLoopback(host) && (access.tls === null || access.token === null)) {
    throw new ListenError(
      `${host} can be reached by others: give --tls-cert, --tls-key and --token, or listen on 127.0.0.1`,
    );
  }
  const counts = createCounts();
  const http = createHttpReceiver(take, { ...options, counts, pages: options.pages(counts) });
  const grpcOn = (port: number): Promise<GrpcReceiver> =>
    startGrpc(take, { host, port, access, maxRequest: options.maxRequest, counts });
  if (options.grpcPort === "shared") return startShared(http, () => grpcOn(0), counts, options);
  const httpPort = await listening(http, host, options.httpPort);
  try {
    const grpc = await grpcOn(options.grpcPort);
    return {
      httpPort,
      grpcPort: grpc.port,
      counts,
      async close() {
        await Promise.all([closed(http), grpc.close()]);
      },
    };
  } catch (error) {
    http.close();
    http.closeAllConnections();
    throw new ListenError(whyNot(error as Error, host, options.grpcPort, "--grpc-port"));
  }
}

async function startShared(
  http: Server,
  grpcOn: () => Promise<GrpcReceiver>,
  counts: Counts,
  { host, httpPort }: EndpointOptions,
): Promise<Endpoints> {
  let grpc: Promise<GrpcReceiver> | null = null;
  const inner = await listening(http, host, 0);
  const shared = createOnePort({
    http: () => Promise.resolve(inner),
    grpc: async () => (await (grpc ??= grpcOn())).port,
  });
  const port = await listening(shared, host, httpPort);
  return {
    httpPort: port,
    grpcPort: port,
    counts,
    async close() {
      shared.close();
      await Promise.all([closed(http), grpc?.then((one) => one.close())]);
    },
  };
}

function listening(server: NetServer, host: string, port: number): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host.replace(/^\[|\]$/g, ""), () => resolve((server.address() as AddressInfo).port));
  }).catch((error: Error) => {
    throw new ListenError(whyNot(error, host, port, "--http-port"));
  });
}

function whyNot(error: Error, host: string, port: number, flag: string): string {
  const text = error.message;
  if (port > 65_535) return `${port} is no port: give ${flag} up to 65535 (0 for any free one)`;
  if (/EADDRINUSE|address already in use/i.test(text))
    return `port ${port} is taken, by a Collector or another misfire perhaps; stop it or give ${flag} (0 for any free one)`;
  if (/EACCES/.test(text)) return `port ${port} may not be used by this user; give ${flag} above 1023`;
  return `cannot listen on ${host}:${port}: ${text}`;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), 1000);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
