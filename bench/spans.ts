/**
 * Reading traces for failures, in one process, side by side, round by round: misfire's whole diagnosis of OTLP protobuf
 * beside a full decode by protobufjs, and of OTLP JSON lines beside JSON.parse of each line. Prints medians: trust the
 * ratios. npm run bench:spans [-- COPIES [ROUNDS]]
 */
import { cpus, loadavg } from "node:os";
import { createAnalyzer } from "../src/index.ts";
import { TraceRequest } from "../src/ingest/otlp/testdata/oracle.ts";
import { framed, jsonLines } from "../test/verdict.fixture.ts";
import { exportRequests, spanMix, type Healthy } from "./span-mix.ts";

const copies = Number(process.argv[2] ?? 1);
const rounds = Number(process.argv[3] ?? 5);
/** What the SDKs' batch processors send at once. */
const BATCH = 512;
/** Rounds that compile the code, and are not counted. */
const WARM = 2;
/** Bytes that a file is read by. */
const BLOCK = 1 << 20;
const MIXES: { title: string; ordinary: number; healthy: Healthy; copies: number }[] = [
  { title: "1 span of an agent to 99 of HTTP, databases, queues; 1 run of 10 fails", ordinary: 99, healthy: 9, copies },
  { title: "1 span of an agent to 19 others; 1 run of 10 fails", ordinary: 19, healthy: 9, copies: copies * 2 },
  { title: "spans of agents alone; 1 run of 10 fails", ordinary: 0, healthy: 9, copies: copies * 4 },
  { title: "the worst: spans of agents alone; 6 runs of 7 fail", ordinary: 0, healthy: 0, copies: copies * 4 },
];

console.log(
  `node ${process.version}, ${cpus()[0]?.model.trim()} (${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)})`,
);
for (const mix of MIXES) measure(mix);

function measure({ title, ordinary, healthy, copies: times }: (typeof MIXES)[number]): void {
  const spans = spanMix(times, ordinary, healthy);
  const requests = exportRequests(spans, BATCH);
  const [json, proto] = [jsonLines(requests), framed(requests)];
  const agents = jsonLines(exportRequests(spanMix(times, 0, healthy), BATCH)).length;
  const share = Math.round((100 * agents) / json.length);
  const mega = (bytes: number): string => `${(bytes / (1 << 20)).toFixed(0)} MB`;
  console.log(
    `\n${title}: ${spans.length} spans, ${mega(json.length)} of JSON (${share} % of agents), ${mega(proto.length)} of protobuf`,
  );
  const contenders: [name: string, run: () => number][] = [
    ["protobuf, misfire", () => diagnose(proto)],
    ["protobuf, protobufjs", () => decodeAll(proto)],
    ["JSON, misfire", () => diagnose(json)],
    ["JSON, JSON.parse", () => parseAll(json)],
  ];
  const took = contenders.map(() => [] as Took[]);
  for (let round = -WARM; round < rounds; round++)
    contenders.forEach(([, run], n) => {
      const own = time(run);
      if (round >= 0) took[n]!.push(own);
    });
  const medians = took.map((rows) => ({
    cpu: median(rows.map(({ cpu }) => cpu)),
    wall: median(rows.map(({ wall }) => wall)),
  }));
  contenders.forEach(([name], n) => {
    const { cpu, wall } = medians[n]!;
    const theirs = n % 2 === 0 ? medians[n + 1]! : null;
    const ratio =
      theirs === null
        ? ""
        : `  ${(theirs.cpu / cpu).toFixed(2)} times as fast (${(theirs.wall / wall).toFixed(2)} by the clock)`;
    console.log(
      `${name.padEnd(22)} ${cpu.toFixed(3)} s CPU  ${wall.toFixed(3)} s  ${Math.round(spans.length / cpu)} spans/s${ratio}`,
    );
  });
}

function diagnose(bytes: Uint8Array): number {
  const analyzer = createAnalyzer();
  const source = analyzer.source("traces");
  for (let at = 0; at < bytes.length; at += BLOCK) source.push(bytes.subarray(at, at + BLOCK));
  source.end();
  return analyzer.report().incidents.length;
}

function decodeAll(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.length;) {
    const length = new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0);
    count += (TraceRequest.decode(bytes.subarray(at + 4, at + 4 + length)) as unknown as { resourceSpans: unknown[] })
      .resourceSpans.length;
    at += 4 + length;
  }
  return count;
}

function parseAll(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let count = 0;
  for (let at = 0; at < buffer.length;) {
    const end = buffer.indexOf(10, at);
    count += (JSON.parse(buffer.toString("utf8", at, end)) as { resourceSpans: unknown[] }).resourceSpans.length;
    at = end + 1;
  }
  return count;
}

interface Took {
  /** Seconds of the processor, collection of garbage too. */
  cpu: number;
  wall: number;
}

function time(run: () => number): Took {
  const start = performance.now();
  const before = process.cpuUsage();
  if (run() === 0) throw new Error("nothing was read");
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1e6, wall: (performance.now() - start) / 1000 };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
