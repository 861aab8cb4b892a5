import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Reader, Sink } from "../../records/format.ts";
import { openProtobuf } from "./framed.ts";
import { readRequests } from "./json.ts";
import { readRequest } from "./request.ts";
import { collect, mutate, randomFrom, stream } from "./testdata/collect.ts";
import { LogsRequest, toOtlpJson, TraceRequest } from "./testdata/oracle.ts";
import { RICH_BYTES } from "./testdata/rich.ts";

const proto = (sink: Sink): Reader => openProtobuf("s", sink);
const file = (name: string): Buffer => readFileSync(new URL(`./testdata/${name}`, import.meta.url));

test("mutated messages: no crash, no hang, and what protobufjs takes is read alike", () => {
  const seeds = [RICH_BYTES, ...unframe(file("ag2-native.traces.pb")), ...unframe(file("openai-otel-v2.logs.pb"))];
  const random = randomFrom(20261124);
  let alike = 0;
  for (let round = 0; round < Number(process.env["MISFIRE_SOAK_ROUNDS"] ?? 10_000); round++) {
    const seed = seeds[round % seeds.length] as Uint8Array;
    const bytes = mutate(seed, random);
    const got = collect((sink) => void readRequest(bytes, null, "s", sink));
    if (round % 4 === 1) stream(proto, round % 8 === 1 ? bytes : framed(bytes, seed), 1 + (random() % 300));
    if (round % 8 !== 0) continue;
    let theirs: unknown;
    try {
      theirs = toOtlpJson(seed === seeds.at(-1) ? LogsRequest : TraceRequest, bytes);
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
}, 3_600_000);

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
