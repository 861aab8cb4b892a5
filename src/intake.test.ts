import { expect, onTestFinished, test } from "vitest";
import { spanDialects } from "./dialects/spans.ts";
import { createAnalyzer } from "./index.ts";
import { unfailing } from "./ingest/failed.ts";
import { openJson } from "./ingest/json/reader.ts";
import { collect } from "./ingest/otlp/testdata/collect.ts";

test("a dialect of spans that throws loses one span, and says so", () => {
  const bad = {
    name: "bad",
    score: ({ name }: { name: string }) => (name === "chat bad" ? 1000 : 0),
    read: () => {
      throw new Error("no such thing");
    },
  };
  spanDialects.push(bad);
  onTestFinished(() => void spanDialects.pop());
  const analyzer = createAnalyzer();
  const source = analyzer.source("traces");
  source.push(
    Buffer.from(["chat bad", "chat good"].map((name, n) => `${JSON.stringify(request(name, n))}\n`).join("")),
  );
  source.end();
  const { coverage } = analyzer.report();
  expect(coverage.dropped).toEqual({ "record that the dialect bad failed on": 1 });
  expect(coverage.dialects).toContain("genai");
  expect(coverage.spans).toBe(2);
});

test("a format that throws loses one document, and reads the next", () => {
  const got = collect((sink) => {
    const reader = openJson(sink, {
      cut: [],
      document(value) {
        if ((value as { n: number }).n === 1) throw new TypeError("x is not a function");
        if ((value as { n: number }).n === 2) throw new RangeError("Maximum call stack size exceeded");
        sink.note("read");
        return 1;
      },
    });
    reader.push(Buffer.from('{"n":1}\n{"n":2}\n{"n":3}\n'));
    reader.end();
    expect(reader.records).toBe(1);
  });
  expect(got.drops).toEqual({ "document that the reader failed on": 1, "nested too deeply": 1 });
  expect(got.notes).toEqual(["the reader failed on a document: x is not a function", "read"]);
});

test("any reader that throws loses a block, and goes on", () => {
  const blocks: number[] = [];
  const got = collect((sink) => {
    const reader = unfailing(
      {
        records: 7,
        push(bytes) {
          if (bytes[0] === 1) throw new Error("odd");
          blocks.push(bytes[0]!);
        },
        end() {
          throw new Error("the end");
        },
      },
      sink,
    );
    for (const byte of [0, 1, 2]) reader.push(Uint8Array.of(byte));
    reader.end();
    expect(reader.records).toBe(7);
  });
  expect(blocks).toEqual([0, 2]);
  expect(got.drops).toEqual({ "block that the reader failed on": 2 });
});

function request(name: string, n: number): unknown {
  const attributes = [{ key: "gen_ai.operation.name", value: { stringValue: "chat" } }];
  const span = { traceId: "ab".repeat(16), spanId: `cd0000000000000${n}`, name, attributes };
  return { resourceSpans: [{ scopeSpans: [{ scope: { name: "s" }, spans: [span] }] }] };
}
