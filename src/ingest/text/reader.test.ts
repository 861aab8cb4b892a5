import { describe, expect, test } from "vitest";
import type { LogRecord } from "../../records/records.ts";
import type { Limits } from "./limits.ts";
import { openText } from "./reader.ts";
import { createWuManber } from "./wu-manber.ts";

const LIST = ["zebrafail", "quagga"];
const literals = { list: LIST, id: (literal: string) => LIST.indexOf(literal) };

describe("what is given out", () => {
  test("only records with a literal, with their ids, places and lines", () => {
    const log = "a\nb\n2026-11-24 12:00:00,123 - app - ERROR - zebraFAIL and zebrafail\n  and quagga\nc\nquagga";
    const [first, second, ...others] = scan(log);
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      line: 3,
      byteOffset: 4,
      byteLength: 77,
      lines: [3, 4],
      level: "error",
      truncated: false,
    });
    expect(first!.hits).toEqual(new Set([0, 1]));
    expect(second).toMatchObject({ line: 6, text: "quagga", lines: [6], hits: new Set([1]) });
  });

  test("without literals all records, and `records` counts them", () => {
    const records: LogRecord[] = [];
    const reader = openText("x", sinkOf(records), null, null);
    reader.push(utf8("a\n\nTraceback (most recent call last):\n  File \"x\", line 1, in f\nKeyError: 'x'\n\n\nb"));
    reader.end();
    expect(records.map((record) => [record.line, record.hits])).toEqual([
      [1, null],
      [3, null],
      [8, null],
    ]);
    expect(reader.records).toBe(3);
  });

  test("lines that were not looked at count as records", () => {
    const reader = openText("x", sinkOf([]), literals, createWuManber(LIST));
    reader.push(utf8("a\nb\nzebrafail\n  of one record\nc"));
    reader.end();
    expect(reader.records).toBe(4);
  });

  test("a record as soon as the line after it is there", () => {
    const records: LogRecord[] = [];
    const reader = openText("x", sinkOf(records), literals, createWuManber(LIST));
    reader.push(utf8("quagga\nne"));
    expect(records).toHaveLength(0);
    reader.push(utf8("xt\n"));
    expect(records).toHaveLength(1);
  });
});

describe("bytes of all kinds", () => {
  test.each([
    ["CRLF", "a\r\nzebrafail x\r\n", { line: 2, byteOffset: 3, text: "zebrafail x" }],
    ["no line end", "zebrafail x", { line: 1, byteOffset: 0, text: "zebrafail x" }],
    ["NUL bytes", "\0\0\nzebrafail \0x\n", { line: 2, byteOffset: 3, text: "zebrafail \0x" }],
    ["terminal colours", "a\n\u001b[1;31mzebrafail\u001b[0m x\n", { line: 2, byteOffset: 2, text: "zebrafail x" }],
    ["a byte order mark", "\ufeffzebrafail x\n", { line: 1, byteOffset: 3, text: "zebrafail x" }],
    ["nothing but line ends before", "\n\n\r\n\nzebrafail\n", { line: 5, byteOffset: 5, text: "zebrafail" }],
  ])("%s", (_, log, expected) => {
    expect(scan(log)).toMatchObject([expected]);
  });

  test("bytes that are no UTF-8", () => {
    const bytes = Uint8Array.from([0xff, 0xc3, 0x0a, 0x80, ...utf8("zebrafail"), 0xe2, 0x82]);
    expect(scan(bytes)).toMatchObject([{ line: 2, byteOffset: 3, text: "\ufffdzebrafail\ufffd" }]);
  });

  test.each([["utf-16le"], ["utf-16be"]])("%s, in blocks of any size, with offsets in the source", (encoding) => {
    const log = "\ufeffd\u00e9j\u00e0 \ud83d\ude80\nzebrafail \u65e5\u672c\n";
    const bytes = new Uint8Array(log.length * 2);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < log.length; i += 1) view.setUint16(i * 2, log.charCodeAt(i), encoding === "utf-16le");
    for (const size of [1, 2, 3, 7, 1000]) {
      expect(scan(bytes, {}, size)).toMatchObject([
        { line: 2, byteOffset: 18, byteLength: 26, text: "zebrafail \u65e5\u672c" },
      ]);
    }
  });
});

describe("processes woven into one log", () => {
  test("are unwoven by prefix", () => {
    const log = [
      "agent-1  | Traceback (most recent call last):",
      "web-1    | 200 GET /",
      'agent-1  |   File "/app/x.py", line 3, in run',
      "web-1    | 200 GET /zebrafail",
      "agent-1  | KeyError: 'zebrafail'",
      "web-1    | 200 GET /",
    ].join("\n");
    const [agent, web] = scan(log).toSorted((a, b) => a.line - b.line);
    expect(agent).toMatchObject({ line: 1, lines: [1, 3, 5], envelopes: ["compose"] });
    expect(agent!.text).toBe(
      `Traceback (most recent call last):\n  File "/app/x.py", line 3, in run\nKeyError: 'zebrafail'`,
    );
    expect(web).toMatchObject({ line: 4, text: "200 GET /zebrafail" });
    expect(agent!.scope.stream).not.toBe(web!.scope.stream);
  });

  test("a column that only one line has is no prefix", () => {
    expect(scan("name | zebrafail\nother text\n")).toMatchObject([
      { text: "name | zebrafail", envelopes: [], scope: { stream: null } },
    ]);
  });

  test("parts that the runtime cut are glued", () => {
    const log = [
      "2026-11-24T12:00:00.1Z stdout P zebra",
      "2026-11-24T12:00:00.1Z stderr F other",
      "2026-11-24T12:00:00.1Z stdout F s and zebrafail",
      "2026-11-24T12:00:00.1Z stdout F   quagga",
    ].join("\n");
    expect(scan(log)).toMatchObject([
      { line: 1, text: "zebras and zebrafail\n  quagga", lines: [1, 4], hits: new Set([0, 1]) },
    ]);
  });

  test("lines far apart do not belong together", () => {
    const far = Array.from({ length: 400 }, (_, i) => `[pod/web/app] line ${i}`);
    const log = ["[pod/agent/app] zebrafail", ...far, "[pod/agent/app]   indented quagga", ""].join("\n");
    expect(scan(log)).toMatchObject([{ line: 1, text: "zebrafail" }, { line: 402 }]);
  });
});

describe("bounds", () => {
  test("a record longer than its cap is cut", () => {
    const log = `head\n${"  zebrafail\n".repeat(100)}`;
    const records = scan(log, { maxRecord: 500 });
    expect(records.every((record) => record.byteLength <= 500)).toBe(true);
    expect(records.map((record) => record.truncated)).toEqual([true, true, false]);
  });

  test("without any certain start, what a hit is in depends on two chunks alone", () => {
    const block = `text {\n${"  body of it\n".repeat(2000)}`;
    const log = `${block}${block}  zebrafail\n}\nend\n`;
    const [record] = scan(log, { chunk: 4096 });
    const all = scan(log, { chunk: 4096 }, log.length, false);
    expect(all.find((one) => one.text.includes("zebrafail"))).toEqual({ ...record, hits: null });
    expect(record!.byteLength).toBeLessThan(2 * 4096);
  });

  test("a giant line is given out in parts around its hits", () => {
    const filler = "x".repeat(1000);
    const log = `a\n${filler}zebrafail${filler}${filler}quagga and quagga${filler}\nzebrafail\n`;
    for (const size of [1, 13, 100_000]) {
      const records = scan(log, { maxRecord: 2000, around: 50 }, size);
      expect(records).toMatchObject([
        { line: 2, byteOffset: 952, byteLength: 100, truncated: true, hits: new Set([0]) },
        { line: 2, byteOffset: 2961, truncated: true, hits: new Set([1]) },
        { line: 3, byteOffset: 4029, truncated: false, text: "zebrafail" },
      ]);
      expect(records[1]!.text).toContain("quagga and quagga");
    }
  });

  test("a line of 64 MB neither takes memory nor loses its hits", () => {
    const records: LogRecord[] = [];
    const reader = openText("x", sinkOf(records), literals, createWuManber(LIST));
    const block = new Uint8Array(1024 * 1024).fill(120);
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 64; i += 1) {
      if (i === 40) reader.push(utf8("zebrafail"));
      reader.push(block);
    }
    reader.push(utf8("\nquagga\n"));
    reader.end();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
    expect(records).toMatchObject([
      { line: 1, byteOffset: 40 * 1024 * 1024 - 64 * 1024, truncated: true },
      { line: 2, text: "quagga", byteOffset: 64 * 1024 * 1024 + 10 },
    ]);
  });
});

function scan(
  log: string | Uint8Array,
  limits: Partial<Limits> = {},
  size = 1 << 20,
  withLiterals = true,
): LogRecord[] {
  const records: LogRecord[] = [];
  const engine = withLiterals ? createWuManber(LIST) : null;
  const reader = openText("x", sinkOf(records), withLiterals ? literals : null, engine, limits);
  const bytes = typeof log === "string" ? utf8(log) : log;
  for (let from = 0; from < bytes.length; from += size) reader.push(bytes.subarray(from, from + size));
  reader.end();
  return records;
}

function sinkOf(records: LogRecord[]) {
  const none = () => {};
  return {
    log: (record: LogRecord) => records.push(record),
    span: none,
    otelLog: none,
    exchange: none,
    drop: none,
    note: none,
  };
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
