import {
  Agent as PlainAgent,
  createServer,
  request as plainRequest,
  type ClientRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";
import { createCopy } from "./copy.ts";
import { endToEnd, hasBody } from "./headers.ts";
import { destinationOf, type Route } from "./routes.ts";
import { tell, type Listener } from "./tell.ts";
import { tunnel } from "./tunnel.ts";

export interface TapOptions extends Listener {
  routes: readonly Route[];
}

/**
 * A proxy that changes nothing: bodies, end-to-end headers, status, chunks, cancels and errors go through as they come. It
 * has no time-outs of its own. Where the provider cannot be reached or cuts the connection, so is the caller's.
 */
export function createTap(options: TapOptions): Server {
  const agents = { plain: new PlainAgent(AGENT), secure: new SecureAgent(AGENT) };
  const server = createServer(SERVER, (request, response) => pass(request, response, agents, options));
  server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) =>
    pass(request, response, agents, options),
  );
  server.on("upgrade", (request: IncomingMessage, socket, head: Buffer) => {
    const to = destinationOf(request.url ?? "/", options.routes);
    if (to === null) return socket.destroy();
    tunnel(request, socket, head, to);
    options.missed("a WebSocket");
  });
  server.on("close", () => {
    agents.plain.destroy();
    agents.secure.destroy();
  });
  return server;
}

interface Agents {
  plain: PlainAgent;
  secure: SecureAgent;
}

/** Idle connections are left before providers close them (OpenAI's edge after a minute or more, uvicorn after 5 s). */
const AGENT = { keepAlive: true, maxSockets: Infinity, maxFreeSockets: 256, timeout: 0, keepAliveMsecs: 1000 };
const SERVER = {
  requestTimeout: 0,
  headersTimeout: 0,
  keepAliveTimeout: 600_000,
  maxHeaderSize: 1 << 20,
  noDelay: true,
};
/** Copies beyond this are given up: nobody's history is that long, uploads are. */
const COPY = 32 << 20;

function pass(request: IncomingMessage, response: ServerResponse, agents: Agents, options: TapOptions): void {
  const to = destinationOf(request.url ?? "/", options.routes);
  if (to === null) {
    response.writeHead(404, { "content-type": "text/plain" }).end("misfire tap: no provider has this path\n");
    return;
  }
  const time = Date.now() / 1000;
  const sent = createCopy(COPY);
  const came = createCopy(COPY);
  let answer: IncomingMessage | null = null;
  let told = false;

  /** Once, when all is over. */
  function over(complete: boolean, left = false): void {
    if (told) return;
    told = true;
    const seconds = Math.max(0, Date.now() / 1000 - time);
    setImmediate(() => tell({ request, answer, to: to!, time, seconds, sent, came, complete, left }, options));
  }

  let upstream = open(request, to, agents, answered);
  watch();

  function answered(incoming: IncomingMessage): void {
    answer = incoming;
    response.sendDate = false;
    response.writeHead(incoming.statusCode ?? 502, incoming.statusMessage, endToEnd(incoming.rawHeaders, null));
    response.flushHeaders();
    incoming.on("data", (chunk: Buffer) => came.add(chunk));
    incoming.on("end", () => {
      response.addTrailers(incoming.trailers as Record<string, string>);
      over(incoming.complete);
    });
    incoming.on("close", () => {
      // cut in the middle: so is the caller's connection, with what came before
      if (!incoming.complete) response.destroy();
      over(incoming.complete);
    });
    incoming.on("error", () => response.destroy());
    incoming.pipe(response);
  }

  function watch(): void {
    upstream.on("continue", () => response.writeContinue());
    upstream.on("error", (error: NodeJS.ErrnoException) => {
      const again =
        answer === null && upstream.reusedSocket && error.code === "ECONNRESET" && request.complete
          ? sent.bytes()
          : null;
      if (again !== null && !told) return retry(again);
      if (answer === null) response.destroy();
      over(false);
    });
  }

  /** The provider closed an idle connection as we took it: it has seen nothing. The caller would have had another one. */
  function retry(body: Buffer): void {
    upstream = open(request, to!, agents, answered, false);
    watch();
    upstream.end(body);
  }

  request.on("data", (chunk: Buffer) => sent.add(chunk));
  request.on("error", () => upstream.destroy());
  if (hasBody(request.headers)) request.pipe(upstream);
  else upstream.end();
  // the caller went away: the provider shall stop too
  response.on("close", () => {
    if (!response.writableFinished) {
      upstream.destroy();
      over(false, true);
    }
  });
}

function open(
  request: IncomingMessage,
  to: URL,
  agents: Agents,
  answered: (incoming: IncomingMessage) => void,
  reuse = true,
): ClientRequest {
  const isSecure = to.protocol === "https:";
  const headers = endToEnd(request.rawHeaders, to.host);
  // as the caller framed it: with a length, or in chunks
  if (request.headers["transfer-encoding"] !== undefined) headers.push("Transfer-Encoding", "chunked");
  return (isSecure ? secureRequest : plainRequest)(
    to,
    {
      method: request.method ?? "GET",
      headers: headers as unknown as Record<string, string>,
      agent: reuse ? (isSecure ? agents.secure : agents.plain) : false,
      setHost: false,
    },
    answered,
  );
}
