import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One answer of the scripted server. `events` are sent as server-sent events. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  events?: readonly unknown[];
  /** Named events (`event: x`), as Anthropic and Responses send them: the name is each event's `type`. */
  named?: boolean;
  /** After the last event: end well (with `[DONE]`), end without it, cut the connection, or keep it open. */
  close?: "done" | "end" | "drop" | "hang";
  /** Bytes per write; events come in pieces that do not fit their borders. */
  pieces?: number;
  /** Milliseconds before the answer, and between events. */
  delay?: number;
  pace?: number;
}

/** A local server that plays a script, one reply for each request, the last one again and again. */
export async function serve(
  script: readonly Reply[] | ((body: Record<string, unknown>, n: number) => Reply),
): Promise<LabServer> {
  const requests: Record<string, unknown>[] = [];
  const closed: number[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      requests.push(body);
      const n = requests.length - 1;
      response.on("close", () => closed.push(n));
      const reply = typeof script === "function" ? script(body, n) : (script[n] ?? script.at(-1) ?? { status: 500 });
      return play(reply, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    closed,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export interface LabServer {
  url: string;
  requests: Record<string, unknown>[];
  closed: number[];
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const blocks: Buffer[] = [];
  for await (const block of request) blocks.push(block as Buffer);
  const text = Buffer.concat(blocks).toString();
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}

async function play(reply: Reply, response: ServerResponse): Promise<void> {
  if (reply.delay !== undefined) await wait(reply.delay);
  if (reply.events === undefined) {
    response.writeHead(reply.status ?? 200, { "content-type": "application/json", ...reply.headers });
    response.end(JSON.stringify(reply.json ?? {}));
    return;
  }
  response.writeHead(reply.status ?? 200, { "content-type": "text/event-stream", ...reply.headers });
  response.flushHeaders();
  const write = async (text: string): Promise<void> => {
    const bytes = Buffer.from(text);
    const size = reply.pieces ?? bytes.length;
    for (let at = 0; at < bytes.length && !response.destroyed; at += size) {
      await new Promise<void>((resolve) => response.write(bytes.subarray(at, at + size), () => resolve()));
    }
  };
  for (const event of reply.events) {
    if (response.destroyed) return;
    const name = reply.named === true ? `event: ${(event as { type: string }).type}\n` : "";
    await write(`${name}data: ${JSON.stringify(event)}\n\n`);
    if (reply.pace !== undefined) await wait(reply.pace);
  }
  if (reply.close === "hang") return;
  if (reply.close === "drop") {
    await wait(10);
    response.destroy();
    return;
  }
  if (reply.close === undefined || reply.close === "done") if (reply.named !== true) await write("data: [DONE]\n\n");
  response.end();
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
