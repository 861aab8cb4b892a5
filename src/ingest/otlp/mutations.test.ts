import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { spanFilter } from "../../dialects/span-filter.ts";
import type { Reader, Sink } from "../../records/format.ts";
import type { QuietSpans } from "../../records/quiet-spans.ts";
import type { Span } from "../../records/records.ts";
import { quietSpan } from "../../toolcalls/trace-span.ts";
import { openJson } from "../json/reader.ts";
import { openProtobuf } from "./framed.ts";
import { otlpJson, readBytes, readRequests } from "./json.ts";
import { readRequest } from "./request.ts";
import { collect, mutate, mutateText, randomFrom, stream, type Got } from "./testdata/collect.ts";
import { LogsRequest, toOtlpJson, TraceRequest } from "./testdata/oracle.ts";
import { ORDINARY_BYTES } from "./testdata/ordinary.ts";
import { RICH_BYTES } from "./testdata/rich.ts";

const ROUNDS = Number(process.env["MISFIRE_SOAK_ROUNDS"] ?? 10_000);
const proto = (sink: Sink): Reader => openProtobuf("s", sink);
const json = (sink: Sink): Reader => openJson(sink, otlpJson("s", sink));
const file = (name: string): Buffer => readFileSync(new URL(`./testdata/${name}`, import.meta.url));
const SEEDS = [
  RICH_BYTES,
  ORDINARY_BYTES,
  ...unframe(file("ag2-native.traces.pb")),
  ...unframe(file("openai-otel-v2.logs.pb")),
];

test("mutated messages: no crash, no hang, and what protobufjs takes is read alike", () => {
  const random = randomFrom(20261124);
  const memory = watchMemory();
  let alike = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const seed = SEEDS[round % SEEDS.length] as Uint8Array;
    const bytes = mutate(seed, random);
    const got = collect((sink) => void readRequest(bytes, null, "s", sink));
    if (round % 4 === 0)
      expect(quietly((sink) => void readRequest(bytes, null, "s", sink))).toEqual(headsOf(got).sort(byId));
    if (round % 4 === 1) stream(proto, round % 8 === 1 ? bytes : framed(bytes, seed), 1 + (random() % 300));
    if (round % 1000 === 0) memory.look();
    if (round % 8 !== 0) continue;
    let theirs: unknown;
    try {
      theirs = toOtlpJson(seed === SEEDS.at(-1) ? LogsRequest : TraceRequest, bytes);
    } catch {
      continue;
    }
    const want = collect((sink) => void readRequests(theirs, "s", null, sink));
    if (got.drops["malformed protobuf"] !== undefined) continue;
    if (want.spans.length === got.spans.length && want.logs.length === got.logs.length) {
      alike++;
      expect(got.spans.map(({ name, startNs, kind }) => ({ name, startNs, kind }))).toEqual(
        want.spans.map(({ name, startNs, kind }) => ({ name, startNs, kind })),
      );
    }
  }
  expect(alike).toBeGreaterThan(100);
  expect(memory.most()).toBeLessThan(300);
}, 36_000_000);

test("mutated JSON: no crash, no hang, and the same spans whether or not quiet ones are parsed", () => {
  const seeds = SEEDS.map((bytes, n) =>
    Buffer.from(`${JSON.stringify(toOtlpJson(n === SEEDS.length - 1 ? LogsRequest : TraceRequest, bytes))}\n`),
  ).sort((a, b) => a.length - b.length);
  const random = randomFrom(20261125);
  const memory = watchMemory();
  let read = 0;
  for (let round = 0; round < ROUNDS; round++) {
    // the long ones are slow, and say no more
    const seed = seeds[round % (round % 8 === 0 ? seeds.length : Math.min(seeds.length, 3))]!;
    const bytes = Buffer.concat([mutateText(seed, random), seed]);
    const size = round % 3 === 0 ? 1 + (random() % 700) : bytes.length;
    const got = stream(json, bytes, size);
    read += got.spans.length;
    // a scan takes what is broken in a value that nobody needs; of what is whole it must lose nothing
    const heads = quietly((sink) => feed(json(sink), bytes, size));
    expect(heads.length).toBeGreaterThanOrEqual(got.spans.length);
    if (heads.length === got.spans.length) expect(heads).toEqual(headsOf(got).sort(byId));
    if (round % 1000 === 0) memory.look();
  }
  expect(read).toBeGreaterThan(ROUNDS / 4);
  expect(memory.most()).toBeLessThan(300);
}, 36_000_000);

test("spans that say nothing are passed, and kept as they are", () => {
  const json = Buffer.from(JSON.stringify(toOtlpJson(TraceRequest, ORDINARY_BYTES)));
  const got = collect((sink) => void readRequest(ORDINARY_BYTES, null, "s", sink));
  expect(got.spans.length).toBe(5);
  for (const read of [
    (sink: Sink) => void readRequest(ORDINARY_BYTES, null, "s", sink),
    (sink: Sink) => void readBytes(json, "s", null, sink),
    (sink: Sink) => void readBytes(Buffer.from(JSON.stringify(JSON.parse(String(json)), null, 2)), "s", null, sink),
  ]) {
    let passed = 0;
    expect(quietly(read, (count) => (passed += count))).toEqual(headsOf(got).sort(byId));
    expect(passed).toBe(5);
  }
});

test("of a field that comes twice the last counts", () => {
  const span = (twice: string): string =>
    `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${"ab".repeat(16)}","spanId":"${"cd".repeat(8)}",` +
    `"parentSpanId":"${"ef".repeat(8)}","name":"GET","kind":3,"status":{"code":1},${twice}}]}]}]}`;
  for (const twice of [
    '"parentSpanId":""',
    '"kind":1',
    '"kind":"x"',
    '"status":{}',
    '"status":{"code":2}',
    '"name":"PUT"',
  ]) {
    const bytes = Buffer.from(span(twice));
    const whole = collect((sink) => void readRequests(JSON.parse(span(twice)), "s", null, sink));
    expect(quietly((sink) => void readBytes(bytes, "s", null, sink))).toEqual(headsOf(whole));
  }
});

type Head = Pick<Span, "traceId" | "spanId" | "parentSpanId" | "name" | "kind" | "startNs" | "endNs" | "status">;

function headsOf({ spans }: Pick<Got, "spans">): Head[] {
  return spans.map(({ traceId, spanId, parentSpanId, name, kind, startNs, endNs, status }) => ({
    traceId,
    spanId,
    parentSpanId,
    name,
    kind,
    startNs,
    endNs,
    status,
  }));
}

/** The heads of all spans, read without what nobody needs: the quiet ones come behind the others. */
function quietly(read: (sink: Sink) => void, passed: (count: number) => void = () => {}): Head[] {
  const quiet: Head[] = [];
  const spans = (given: QuietSpans): void => {
    passed(given.count);
    for (let n = 0; n < given.count; n++) {
      const { status, ...span } = quietSpan(given, n);
      quiet.push(...headsOf({ spans: [{ ...span, status: { code: status, message: null } } as unknown as Span] }));
    }
  };
  const got = collect((sink) => read({ ...sink, quiet: { filter: spanFilter, spans } }));
  return [...headsOf(got), ...quiet].sort(byId);
}

function byId(a: Head, b: Head): number {
  // mutated spans may share their ids
  const [one, other] = [a, b].map(({ status, ...head }) => `${Object.values(head).join(" ")} ${status.code}`);
  return one! < other! ? -1 : one! > other! ? 1 : 0;
}

function feed(reader: Reader, bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  reader.end();
}

/** Megabytes of the process above what it began with. */
function watchMemory() {
  const start = process.memoryUsage.rss();
  let most = 0;
  return {
    look: () => void (most = Math.max(most, process.memoryUsage.rss() - start)),
    most: () => most / (1 << 20),
  };
}

function framed(...messages: Uint8Array[]): Uint8Array {
  return Buffer.concat(
    messages.flatMap((message) => [
      Uint8Array.of(message.length >>> 24, message.length >>> 16, message.length >>> 8, message.length),
      message,
    ]),
  );
}

function unframe(bytes: Buffer): Uint8Array[] {
  const messages: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    messages.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return messages;
}
