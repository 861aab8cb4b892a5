import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Sink } from "../records/format.ts";
import { formats } from "./formats.ts";
import { mutate, randomFrom } from "./otlp/testdata/collect.ts";
import { sniff } from "./sniff.ts";
import { SAMPLES } from "./testdata/samples.ts";

interface Got {
  records: string[];
  drops: Record<string, number>;
  count: number;
}

/** What a format makes of bytes that come in blocks of a size. */
function read(name: string, bytes: Uint8Array, size: number): Got {
  const records: string[] = [];
  const drops: Record<string, number> = {};
  const sink: Sink = {
    log: (record) => void records.push(`log ${record.text}`),
    span: (span) => void records.push(`span ${span.name}`),
    otelLog: (log) => void records.push(`otel-log ${log.eventName}`),
    exchange({ messages, answer, error }) {
      const calls = answer === null ? "" : `, ${answer.message.calls.length} call`;
      records.push(
        `exchange ${messages.length} messages${calls}${error === null ? "" : `, error ${error.status} ${error.message}`}`,
      );
    },
    drop: (reason, count = 1) => void (drops[reason] = (drops[reason] ?? 0) + count),
    note: () => {},
    yaml: (text) => parse(text, { maxAliasCount: 100, logLevel: "silent" }) as unknown,
  };
  const format = formats.find((each) => each.name === name);
  const reader = format!.open("sample", sink);
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  reader.end();
  return { records, drops, count: reader.records };
}

describe.each(SAMPLES.map((sample, i) => ({ ...sample, title: `${sample.format} (sample ${i + 1})` })))(
  "$title",
  ({ format, bytes, records }) => {
    test("is told by its content, and only so", () => {
      expect(sniff(bytes.subarray(0, 65536), bytes.length <= 65536).format).toBe(format);
      expect(
        formats
          .filter((each) => each.sniff(bytes.subarray(0, 65536), bytes.length <= 65536) > 0)
          .map(({ name }) => name),
      ).toEqual([format]);
    });

    test("gives the same records for any block sizes, and counts them", () => {
      for (const size of [1, 3, 64, 1000, 1 << 20])
        expect(read(format, bytes, size)).toMatchObject({ records, count: records.length });
    });

    test("cut anywhere: no throw, and nothing is made up", () => {
      const step = Math.max(1, Math.floor(bytes.length / 60));
      for (let cut = 0; cut < bytes.length; cut += step) {
        const got = read(format, bytes.subarray(0, cut), 777);
        expect(got.records.length).toBeLessThanOrEqual(records.length);
        expect(got.count).toBe(got.records.length);
      }
    });

    test("garbage and mutations: no throw; what is lost is counted", () => {
      const random = randomFrom(99);
      for (let round = 0; round < 60; round++) read(format, mutate(bytes, random), 1 + (random() % 500));
      const noise = Uint8Array.from({ length: 3000 }, () => random() & 255);
      const got = read(format, noise, 100);
      expect(got.records).toEqual([]);
      expect(Object.values(got.drops).reduce((a, b) => a + b, 0)).toBeGreaterThan(0);
    });

    test("nothing gives nothing", () => {
      expect(read(format, new Uint8Array(0), 1).records).toEqual([]);
    });
  },
);

test("every format has a sample", () => {
  expect(new Set(SAMPLES.map(({ format }) => format))).toEqual(new Set(formats.map(({ name }) => name)));
});
