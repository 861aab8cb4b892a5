/** What the tap adds to a request, and whether it keeps up with 50 streams of 1,000 chunks a second: `node bench/tap.ts`. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const REQUESTS = 400;
const STREAMS = 50;
const SECONDS = 3;
const CHUNKS = SECONDS * 1000;
const CHUNK = `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", choices: [{ index: 0, delta: { content: "word " } }] })}\n\n`;
const BODY = JSON.stringify({ model: "gpt-4o", messages: [{ role: "user", content: "hi ".repeat(2000) }], tools: [] });

const model = createServer((incoming, response) => {
  incoming.resume().on("end", () => {
    if (incoming.url !== "/stream")
      return void response.writeHead(200, { "content-type": "application/json" }).end('{"choices":[]}');
    response.writeHead(200, { "content-type": "text/event-stream" });
    const begun = performance.now();
    let sent = 0;
    const timer = setInterval(() => {
      for (const due = Math.min(CHUNKS, performance.now() - begun); sent < due; sent++) response.write(CHUNK);
      if (sent < CHUNKS) return;
      clearInterval(timer);
      response.end();
    }, 1);
  });
});
await new Promise<void>((resolve) => model.listen(0, "127.0.0.1", resolve));
const direct = `http://127.0.0.1:${(model.address() as AddressInfo).port}`;

const folder = mkdtempSync(join(tmpdir(), "misfire-bench-"));
const program = join(folder, "misfire.mjs");
writeFileSync(
  program,
  `import { start } from ${JSON.stringify(new URL("../src/cli/main.ts", import.meta.url).pathname)};\nawait start();\n`,
);
const tap = spawn(process.execPath, [program, "tap", "--port", "0", "--to", direct, "-f", "json"], {
  stdio: ["ignore", "ignore", "pipe"],
});
const through = await new Promise<string>((resolve) => {
  tap.stderr.on("data", (text) => {
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(String(text))?.[0];
    if (found) resolve(found);
  });
});

const agent = new Agent({ keepAlive: true, maxSockets: STREAMS });
const times = { direct: [] as number[], tap: [] as number[] };
for (let n = 0; n < REQUESTS; n++) {
  times.direct.push((await post(`${direct}/v1/chat/completions`)).ms);
  times.tap.push((await post(`${through}/v1/chat/completions`)).ms);
}
const streams: Record<string, unknown> = {};
for (const [name, url] of [
  ["direct", direct],
  ["tap", through],
] as const) {
  const all = await Promise.all(Array.from({ length: STREAMS }, () => post(`${url}/stream`)));
  streams[name] = {
    seconds: Math.round(Math.max(...all.map(({ ms }) => ms))) / 1000,
    whole: all.every(({ bytes }) => bytes === CHUNKS * CHUNK.length),
  };
}
console.log(
  JSON.stringify({
    medianMs: {
      direct: median(times.direct),
      tap: median(times.tap),
      added: Number((median(times.tap) - median(times.direct)).toFixed(2)),
    },
    streams,
  }),
);
tap.kill("SIGINT");
agent.destroy();
model.close();
rmSync(folder, { recursive: true });

function post(url: string): Promise<{ ms: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const sent = request(
      url,
      { method: "POST", agent, headers: { "content-type": "application/json", "content-length": BODY.length } },
      (answer) => {
        let bytes = 0;
        answer.on("data", (chunk: Buffer) => (bytes += chunk.length));
        answer.on("end", () => resolve({ ms: performance.now() - begun, bytes }));
      },
    );
    sent.on("error", reject);
    sent.end(BODY);
  });
}

function median(values: number[]): number {
  return Number(values.toSorted((a, b) => a - b)[values.length >> 1]!.toFixed(2));
}
