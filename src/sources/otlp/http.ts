import { createServer as createPlain, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecure } from "node:https";
import { isAllowed, type Access } from "./access.ts";
import { CODE, statusBody, successBody } from "./answers.ts";
import { BodyError, createRoom, readBody, type Room } from "./body.ts";
import { count, sawPeer, type Counts, type Encoding, type Signal, type Take } from "./export.ts";

export interface HttpOptions {
  access: Access;
  /** Bytes of one request, on the wire and decompressed. */
  maxRequest: number;
  /** Bytes of all requests that are being read. */
  maxInFlight: number;
  /** Origins whose pages may send; `*` for all. */
  corsOrigins: readonly string[];
  counts: Counts;
  /** Other pages: GET path to content. */
  pages: ReadonlyMap<string, () => { type: string; body: string }>;
  log: (level: "debug" | "info" | "warn", what: string, more: Record<string, unknown>) => void;
}

/** OTLP/HTTP: `POST /v1/traces`, `/v1/logs`, `/v1/metrics`, protobuf or JSON. Not yet listening. */
export function createHttpReceiver(take: Take, options: HttpOptions): Server {
  const room = createRoom(options.maxInFlight);
  const handler = (request: IncomingMessage, response: ServerResponse): void => {
    // what goes wrong with one request ends with it
    answer(request, response, take, room, options).catch((error: Error) => {
      options.log("warn", "request failed", { error: error.message });
      if (!response.headersSent) response.writeHead(503, { "retry-after": "1", connection: "close" });
      response.end();
    });
  };
  const { tls } = options.access;
  const server = tls === null ? createPlain(LIMITS, handler) : createSecure({ ...LIMITS, ...tls }, handler);
  server.on("clientError", (_error, socket) => {
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n");
    else socket.destroy();
  });
  return server;
}

/** A sender that says its request too slowly holds a socket, no memory; keep-alive outlasts the pauses of exporters (5 s) and load balancers (60 s). */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 32 * 1024,
  connectionsCheckingInterval: 5_000,
};

const SIGNALS = new Map<string, Signal>([
  ["/v1/traces", "traces"],
  ["/v1/logs", "logs"],
  ["/v1/metrics", "metrics"],
]);

const ENCODINGS = new Map<string, Encoding>([
  ["application/x-protobuf", "protobuf"],
  ["application/protobuf", "protobuf"],
  ["application/json", "json"],
]);

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  take: Take,
  room: Room,
  options: HttpOptions,
): Promise<void> {
  const { counts, access } = options;
  const path = (request.url ?? "/").split("?", 1)[0]!;
  allowOrigin(request, response, options.corsOrigins);
  const page = options.pages.get(path);
  if (page !== undefined && (request.method === "GET" || request.method === "HEAD")) {
    if (path !== "/health" && !isAllowed(request.headers.authorization, access))
      return refuse(response, 401, "a bearer token is needed", "json");
    const { type, body } = page();
    response.writeHead(200, { "content-type": type }).end(request.method === "HEAD" ? undefined : body);
    return;
  }
  const signal = SIGNALS.get(path);
  if (signal === undefined)
    return refuse(response, 404, "no such path; OTLP goes to /v1/traces, /v1/logs and /v1/metrics", "json");
  if (request.method === "OPTIONS") return void response.writeHead(204).end();
  if (request.method !== "POST") return refuse(response, 405, "only POST", "json", { allow: "POST, OPTIONS" });
  const type = (request.headers["content-type"] ?? "").split(";", 1)[0]!.trim().toLowerCase();
  const encoding = ENCODINGS.get(type);
  if (encoding === undefined)
    return refuse(response, 415, "Content-Type must be application/x-protobuf or application/json", "json");
  if (!isAllowed(request.headers.authorization, access))
    return refuse(response, 401, "a bearer token is needed", encoding, { "www-authenticate": "Bearer" });

  const held = { bytes: 0 };
  counts.inFlight++;
  sawPeer(counts, `${request.socket.remoteAddress}:${request.socket.remotePort}`, performance.now());
  try {
    const bytes = await readBody(request, options.maxRequest, room, held);
    counts.bytes += bytes.length;
    const outcome = await take({ signal, encoding, bytes });
    count(counts.requests, `${signal} http ${outcome.kind}`);
    if (outcome.kind === "taken") {
      const body = successBody(signal, encoding, outcome.rejected, outcome.message);
      response.writeHead(200, { "content-type": typeOf(encoding), "content-length": body.length }).end(body);
    } else if (outcome.kind === "malformed") refuse(response, 400, outcome.message, encoding);
    else refuse(response, 503, outcome.message, encoding, { "retry-after": String(outcome.retryAfter) });
  } catch (error) {
    if (!(error instanceof BodyError)) throw error;
    count(counts.requests, `${signal} http refused`);
    options.log("info", "refused", { signal, status: error.status, why: error.message });
    refuse(response, error.status, error.message, encoding, error.status === 503 ? { "retry-after": "1" } : {});
  } finally {
    room.give(held.bytes);
    counts.inFlight--;
  }
}

function typeOf(encoding: Encoding): string {
  return encoding === "json" ? "application/json" : "application/x-protobuf";
}

/** The body was not read: the connection cannot be used again. */
function refuse(
  response: ServerResponse,
  status: number,
  message: string,
  encoding: Encoding,
  headers: Record<string, string> = {},
): void {
  const body = statusBody(encoding, CODES.get(status) ?? CODE.invalidArgument, message);
  const last = response.req.complete ? {} : { connection: "close" };
  response
    .writeHead(status, { "content-type": typeOf(encoding), "content-length": body.length, ...last, ...headers })
    .end(body);
  // what the sender still writes is thrown away for a moment, so that it reads the answer before the connection ends
  if (!response.req.complete) {
    response.req.resume();
    setTimeout(() => response.req.destroy(), LINGER_MS).unref();
  }
}

const LINGER_MS = 500;
const CODES = new Map<number, number>([
  [401, CODE.unauthenticated],
  [413, CODE.resourceExhausted],
  [503, CODE.unavailable],
]);

function allowOrigin(request: IncomingMessage, response: ServerResponse, origins: readonly string[]): void {
  const { origin } = request.headers;
  if (origin === undefined || !(origins.includes("*") || origins.includes(origin))) return;
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-allow-methods", "POST, OPTIONS");
  response.setHeader(
    "access-control-allow-headers",
    request.headers["access-control-request-headers"] ?? "content-type",
  );
  response.setHeader("access-control-max-age", "7200");
  response.setHeader("vary", "origin");
}
