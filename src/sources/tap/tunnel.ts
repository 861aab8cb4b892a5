import { request as plainRequest, type IncomingMessage } from "node:http";
import { request as secureRequest } from "node:https";
import type { Duplex } from "node:stream";
import { endToEnd } from "./headers.ts";

/** An upgraded connection (WebSocket: realtime models): both ends joined, nothing read. */
export function tunnel(request: IncomingMessage, socket: Duplex, head: Buffer, to: URL): void {
  const headers = [...request.rawHeaders];
  for (let at = 0; at < headers.length; at += 2) if (headers[at]!.toLowerCase() === "host") headers[at + 1] = to.host;
  const upstream = (to.protocol === "https:" ? secureRequest : plainRequest)(to, {
    method: request.method ?? "GET",
    headers: headers as unknown as Record<string, string>,
    setHost: false,
  });
  upstream.on("upgrade", (answer, other, first) => {
    socket.write(`${headOf(answer, answer.rawHeaders)}\r\n`);
    socket.write(first);
    other.write(head);
    other.pipe(socket).pipe(other);
    other.on("error", () => socket.destroy());
    other.on("close", () => socket.destroy());
    socket.on("close", () => other.destroy());
  });
  upstream.on("response", (answer) => {
    // a refusal: its body ends with the connection, since it is no longer in the chunks that it came in
    const headers = endToEnd(answer.rawHeaders, null);
    socket.write(`${headOf(answer, [...headers, "Connection", "close"])}\r\n`);
    answer.pipe(socket);
  });
  upstream.on("error", () => socket.destroy());
  socket.on("error", () => upstream.destroy());
  upstream.end();
}

function headOf({ statusCode, statusMessage }: IncomingMessage, rawHeaders: readonly string[]): string {
  const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`];
  for (let at = 0; at < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  return `${lines.join("\r\n")}\r\n`;
}
