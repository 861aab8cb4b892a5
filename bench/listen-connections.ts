/**
 * Holds thousands of connections to `misfire listen` that never finish a request (silent, half a head, half a body, one
 * byte a second), and prints whether others are still served, how fast, and what it cost:
 * `node bench/listen-connections.ts [CONNECTIONS]`. Needs two file descriptors a connection (`ulimit -n`).
 */
import { connect, type Socket } from "node:net";
import { startListen } from "./listening.ts";

const count = Number(process.argv[2] ?? 10_000);
const HEAD = "POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
const STARTS = ["", HEAD, `${HEAD}Content-Length: 1000\r\n\r\n{`, `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n{   `];

const listen = await startListen(["--log-level", "silent"]);
const before = await served();
const memoryBefore = await listen.metric("memory_bytes");
const sockets: Socket[] = [];
let [opened, failed, closed] = [0, 0, 0];
for (let n = 0; n < count; n += 500)
  await Promise.all(Array.from({ length: Math.min(500, count - n) }, (_, i) => open(STARTS[(n + i) % STARTS.length]!)));
const loris = setInterval(() => {
  for (const socket of sockets.filter((_, n) => n % 4 === 1)) socket.write("x");
}, 1000);
const during = [];
for (let n = 0; n < 20; n++) during.push(await served());
const memory = await listen.metric("memory_bytes");
await new Promise((resolve) => setTimeout(resolve, 16_000));
clearInterval(loris);
const after = await served();
console.log(
  JSON.stringify({
    connections: { opened, failed, closedByServerAfter16s: closed },
    servedMs: { before, during: median(during), slowest: Math.max(...during), after },
    memoryMB: { before: Math.round(memoryBefore / 2 ** 20), with: Math.round(memory / 2 ** 20) },
  }),
);
for (const socket of sockets) socket.destroy();
await listen.stop();

function open(start: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(listen.port, "127.0.0.1", () => {
      opened++;
      socket.write(start);
      sockets.push(socket);
      resolve();
    });
    socket.on("error", () => {
      if (socket.connecting) failed++;
      resolve();
    });
    socket.on("close", () => void closed++);
    socket.resume();
  });
}

/** Milliseconds for one request on a connection of its own. */
async function served(): Promise<number> {
  const begun = performance.now();
  const headers = { "content-type": "application/json", connection: "close" };
  const answer = await fetch(`${listen.url}/v1/traces`, { method: "POST", body: "{}", headers });
  if (answer.status !== 200) throw new Error(`HTTP ${answer.status}`);
  await answer.text();
  return Math.round((performance.now() - begun) * 10) / 10;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
