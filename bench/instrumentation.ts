/**
 * `npm run bench:instrumentation`: what tracing costs the application: microseconds of CPU and bytes per call, and per chunk
 * of a stream, over a client whose `fetch` answers at once; each instrumentation in a process of its own. Trust the
 * differences to the first line of a table.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { TracerProvider } from "@opentelemetry/sdk-trace";
import { configure } from "../src/instrumentation/index.ts";
import { CHUNKS, SUBJECTS, type Subject } from "./instrumented-apps.ts";

const CALLS = 400;
const STREAMS = 16;
const ROUNDS = 5;

interface Figures {
  callUs: number;
  callBytes: number;
  chunkUs: number;
  chunkBytes: number;
}

const [, , table, name] = process.argv;
if (table === undefined || name === undefined) compare();
else {
  setUp();
  console.log(JSON.stringify(await measure(SUBJECTS[table]![name]!())));
}

function compare(): void {
  for (const [sdk, subjects] of Object.entries(SUBJECTS)) {
    console.log(`| ${sdk} | us/call | bytes/call | us/chunk | bytes/chunk |\n| --- | ---: | ---: | ---: | ---: |`);
    const rounds = Object.keys(subjects).map((one) => [one, figuresOf(sdk, one)] as const);
    for (const [one, figures] of rounds) console.log(`| ${one} | ${cells(figures, rounds[0]![1]).join(" | ")} |`);
    console.log("");
  }
}

/** The figure, and how much more it is than without. */
function cells(figures: Figures | null, plain: Figures | null): string[] {
  if (figures === null) return ["failed", "", "", ""];
  return (["callUs", "callBytes", "chunkUs", "chunkBytes"] as const).map((key) => {
    const digits = key === "chunkUs" ? 1 : 0;
    const value = figures[key].toFixed(digits);
    if (plain === null || plain === figures) return value;
    const more = figures[key] - plain[key];
    return `${value} (${more < 0 ? "" : "+"}${more.toFixed(digits)})`;
  });
}

function figuresOf(sdk: string, one: string): Figures | null {
  const flags = ["--no-warnings", "--expose-gc", "--min-semi-space-size=512", "--max-semi-space-size=512"];
  const child = spawnSync(process.execPath, [...flags, fileURLToPath(import.meta.url), sdk, one], { encoding: "utf8" });
  if (child.status !== 0) console.error(child.stderr.trim().split("\n").at(-1));
  return child.status === 0 ? (JSON.parse(child.stdout) as Figures) : null;
}

/** As an application has it, but for the exporter. */
function setUp(): void {
  configure({ enabled: true });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const nowhere = { onStart() {}, onEnd() {}, forceFlush: async () => {}, shutdown: async () => {} };
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [nowhere] }));
}

async function measure({ call, stream }: Subject): Promise<Figures> {
  const [callUs, callBytes] = await best(call, CALLS);
  const [streamUs, streamBytes] = await best(stream, STREAMS);
  return { callUs, callBytes, chunkUs: streamUs / CHUNKS, chunkBytes: streamBytes / CHUNKS };
}

/** The best of some rounds: microseconds of CPU (the clock would measure the neighbours as well) and allocated bytes each; the young generation is so large that nothing is collected in between. */
async function best(work: () => Promise<unknown>, times: number): Promise<[us: number, bytes: number]> {
  let us = Infinity;
  let bytes = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const started = process.cpuUsage();
    for (let n = 0; n < times; n++) await work();
    const { user, system } = process.cpuUsage(started);
    us = Math.min(us, (user + system) / times);
    const grown = process.memoryUsage().heapUsed - before;
    if (grown > 0) bytes = Math.min(bytes, grown / times);
  }
  return [us, bytes === Infinity ? 0 : bytes];
}
