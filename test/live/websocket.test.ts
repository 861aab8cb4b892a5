import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { connect, type AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/index.ts";
import { running, type Running } from "./listening.ts";

/** A realtime model: greets, and says each text frame again in capital letters; refuses who has no key. */
const server = createServer();
const seen: IncomingMessage[] = [];
server.on("upgrade", (request, socket, head) => {
  seen.push(request);
  if (request.url?.includes("model=none") === true)
    return socket.end(
      'HTTP/1.1 404 Not Found\r\nx-request-id: req_9\r\ntransfer-encoding: chunked\r\n\r\n11\r\n{"error": "none"}\r\n0\r\n\r\n',
    );
  const accept = createHash("sha1").update(`${request.headers["sec-websocket-key"]}${GUID}`).digest("base64");
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: realtime\r\n\r\n`,
  );
  socket.write(frameOf('{"type":"session.created"}'));
  answer(socket, head);
});
const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

function frameOf(text: string): Buffer {
  const bytes = Buffer.from(text);
  const head =
    bytes.length < 126 ? Buffer.from([0x81, bytes.length]) : Buffer.from([0x81, 126, bytes.length >> 8, bytes.length]);
  return Buffer.concat([head, bytes]);
}

/** Masked frames of less than 64 KiB, as the client sends them (RFC 6455 section 5.2); 8 is its close. */
function answer(socket: Duplex, head: Buffer): void {
  let data = head;
  const read = (): void => {
    for (;;) {
      if (data.length < 2) return;
      const [short, at] = [data[1]! & 0x7f, (data[1]! & 0x7f) === 126 ? 4 : 2];
      if (data.length < at + 4) return;
      const length = short === 126 ? data.readUInt16BE(2) : short;
      if (data.length < at + 4 + length) return;
      if ((data[0]! & 0xf) === 8) return void socket.end(Buffer.from([0x88, 0]));
      const mask = data.subarray(at, at + 4);
      const text = data.subarray(at + 4, at + 4 + length).map((byte, n) => byte ^ mask[n % 4]!);
      data = data.subarray(at + 4 + length);
      socket.write(frameOf(Buffer.from(text).toString().toUpperCase()));
    }
  };
  socket.on("data", (block: Buffer) => {
    data = Buffer.concat([data, block]);
    read();
  });
  socket.on("error", () => socket.destroy());
  read();
}

let tap: Running;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  tap = await running(["tap", "--port", "0", "-f", "json", "--to", `http://127.0.0.1:${port}/v1`]);
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
});

async function talk(base: string): Promise<unknown[]> {
  const socket = new WebSocket(`${base.replace("http", "ws")}/realtime?model=gpt-realtime`, ["realtime"]);
  const came: unknown[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("error", () => reject(new Error("failed")));
    socket.addEventListener("close", ({ wasClean }) => resolve(void came.push(wasClean)));
    socket.addEventListener("message", ({ data }) => {
      came.push(data);
      if (came.length === 1) for (let n = 0; n < 50; n++) socket.send(`{"event":${n},"text":"${"ä".repeat(n * 40)}"}`);
      if (came.length === 51) socket.close();
    });
  });
  return [socket.protocol, ...came];
}

describe("a WebSocket through the tap (OpenAI Realtime)", () => {
  it("is joined: the same frames in both directions, the same protocol, a clean end", async () => {
    const { port } = server.address() as AddressInfo;
    const direct = await talk(`http://127.0.0.1:${port}/v1`);
    expect(direct).toHaveLength(53);
    expect(await talk(tap.http)).toEqual(direct);
    expect(seen.at(-1)!.url).toBe("/v1/realtime?model=gpt-realtime");
    expect(seen.at(-1)!.headers.host).toBe(`127.0.0.1:${port}`);
  });

  it("is refused as the model refuses it, and cut when the model is cut", async () => {
    const refused = await upgrade(`${tap.http}/realtime?model=none`);
    expect(refused).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
    expect(refused).toContain("x-request-id: req_9");
    expect(refused).toMatch(/\r\n\r\n\{"error": "none"\}$/);
    const gone = upgrade(`${tap.http}/realtime?model=gpt`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    seen.at(-1)!.socket.destroy();
    expect(await gone).toContain("session.created");
    const report = JSON.parse((await tap.stop()).out) as Report;
    expect(report.coverage.dropped).toEqual({ "exchange unread: a WebSocket": 3 });
  });
});

/** All that comes on the connection until it is closed. */
async function upgrade(url: string): Promise<string> {
  const { port, pathname, search } = new URL(url);
  const socket = connect(Number(port), "127.0.0.1");
  socket.write(
    `GET ${pathname}${search} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  );
  let all = "";
  socket.on("data", (block) => (all += String(block)));
  await new Promise((resolve) => socket.on("close", resolve).on("error", resolve));
  return all;
}
