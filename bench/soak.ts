/**
 * Offers spans over OTLP/HTTP to `misfire listen` in a process of its own, as fast as it takes them, and prints what came
 * of it: `node bench/soak.ts [SECONDS] [SPANS_PER_SECOND]`.
 */
import { spawn } from "node:child_process";
import { Agent, request } from "node:http";
import { createInterface } from "node:readline";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requestOf } from "./export-request.ts";

const seconds = Number(process.argv[2] ?? 60);
const rate = Number(process.argv[3] ?? 100_000);
const BATCH = 512;
const CONNECTIONS = 8;

const folder = mkdtempSync(join(tmpdir(), "misfire-soak-"));
const program = join(folder, "misfire.mjs");
writeFileSync(
  program,
  `import { start } from ${JSON.stringify(new URL("../src/cli/main.ts", import.meta.url).pathname)};\nawait start();\n`,
);
const server = spawn(
  process.execPath,
  [program, "listen", "--http-port", "0", "--grpc-port", "0", "-f", "json", "--idle", "5"],
  { stdio: ["ignore", "pipe", "pipe"] },
);
let out = "";
server.stdout.on("data", (text) => (out += String(text)));
const url = await new Promise<string>((resolve) => {
  createInterface(server.stderr).on("line", (line) => {
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (found) resolve(found);
    else console.error(line);
  });
});

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
let [offered, taken, refused, run] = [0, 0, 0, 0];
const begun = performance.now();
const memory: number[] = [];
const watching = setInterval(
  () => void metric("memory_bytes").then((bytes) => memory.push(Math.round(bytes / (1 << 20)))),
  1000,
);
const cpuBefore = await metric("cpu_seconds_total");

await Promise.all(Array.from({ length: CONNECTIONS }, send));
clearInterval(watching);
const took = (performance.now() - begun) / 1000;
const cpu = (await metric("cpu_seconds_total")) - cpuBefore;
server.kill("SIGINT");
const code = await new Promise((resolve) => server.on("close", resolve));
const report = JSON.parse(out) as { sources: { spans: number }[]; incidents: { classifier: string; count: number }[] };
console.log(
  JSON.stringify({
    seconds: Math.round(took),
    offered,
    taken,
    refused,
    perSecond: Math.round(taken / took),
    // what a machine that is busy with other things does not change
    perCpuSecond: Math.round(taken / cpu),
    spansInReport: report.sources.reduce((sum, { spans }) => sum + spans, 0),
    incidents: report.incidents.map(({ classifier, count }) => `${classifier} ${count}`),
    memoryMB: { first: memory[2], last: memory.at(-1), most: Math.max(...memory) },
    code,
  }),
);
agent.destroy();
rmSync(folder, { recursive: true });

async function send(): Promise<void> {
  while ((performance.now() - begun) / 1000 < seconds) {
    const due = ((performance.now() - begun) / 1000) * rate;
    if (offered > due) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      continue;
    }
    const body = requestOf(run++, BATCH);
    offered += BATCH;
    // told to come again: so it does
    for (;;) {
      const { status, retryAfter } = await post(body);
      if (status === 200) {
        taken += BATCH;
        break;
      }
      if (status !== 503 && status !== 429) {
        refused += BATCH;
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, retryAfter * 1000));
    }
  }
}

function post(body: Buffer): Promise<{ status: number; retryAfter: number }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/v1/traces`,
      { method: "POST", agent, headers: { "content-type": "application/x-protobuf", "content-length": body.length } },
      (answer) => {
        answer
          .resume()
          .on("end", () =>
            resolve({ status: answer.statusCode!, retryAfter: Number(answer.headers["retry-after"] ?? 1) }),
          );
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^misfire_${name} ([\\d.e+-]+)`, "m").exec(text)?.[1] ?? 0);
}
