/**
 * Offers spans over OTLP/HTTP to `misfire listen` in a process of its own, as fast as it takes them, and prints what came
 * of it: `node bench/soak.ts [SECONDS] [SPANS_PER_SECOND]`.
 */
import { Agent, request } from "node:http";
import { requestOf } from "./export-request.ts";
import { startListen } from "./listening.ts";

const seconds = Number(process.argv[2] ?? 60);
const rate = Number(process.argv[3] ?? 100_000);
const BATCH = 512;
const CONNECTIONS = 8;

const listen = await startListen();
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
let [offered, taken, refused, run] = [0, 0, 0, 0];
const begun = performance.now();
const memory: number[] = [];
const watching = setInterval(
  () => void listen.metric("memory_bytes").then((bytes) => memory.push(Math.round(bytes / (1 << 20)))),
  1000,
);
const cpuBefore = await listen.metric("cpu_seconds_total");

await Promise.all(Array.from({ length: CONNECTIONS }, send));
clearInterval(watching);
const took = (performance.now() - begun) / 1000;
const cpu = (await listen.metric("cpu_seconds_total")) - cpuBefore;
const { out, code } = await listen.stop();
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
    memoryMB: { overTime: sixths(memory), most: Math.max(...memory) },
    code,
  }),
);
agent.destroy();

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
      `${listen.url}/v1/traces`,
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

/** The most in each sixth of the time: flat, or growing. */
function sixths(values: readonly number[]): number[] {
  const step = Math.ceil(values.length / 6);
  return Array.from({ length: Math.ceil(values.length / step) }, (_, n) =>
    Math.max(...values.slice(n * step, (n + 1) * step)),
  );
}
