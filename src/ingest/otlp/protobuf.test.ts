import { readFileSync } from "node:fs";
import { zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Reader, Sink } from "../../records/format.ts";
import { openJson } from "../json/reader.ts";
import { sniff } from "../sniff.ts";
import { openProtobuf } from "./framed.ts";
import { otlpJson, readRequests } from "./json.ts";
import { readRequest } from "./request.ts";
import { collect, stream } from "./testdata/collect.ts";
import { toOtlpJson, TraceRequest } from "./testdata/oracle.ts";
import { hex, RICH, RICH_BYTES, SPAN, TRACE } from "./testdata/rich.ts";

const json = (sink: Sink): Reader => openJson(sink, otlpJson("s", sink));
const proto = (sink: Sink): Reader => openProtobuf("s", sink);
const file = (name: string): Buffer => readFileSync(new URL(`./testdata/${name}`, import.meta.url));
const capture = (name: string): Buffer => readFileSync(new URL(`../../../test/captures/${name}`, import.meta.url));
const OPENAI = "openai@3.57.0/unexpected-argument+otel-v2";
const AG2 = "ag2-classic@0.14.0/camel-case-argument+native";
const text = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

function framed(...messages: Uint8Array[]): Uint8Array {
  return Buffer.concat(
    messages.flatMap((message) => [
      Uint8Array.of(message.length >>> 24, message.length >>> 16, message.length >>> 8, message.length),
      message,
    ]),
  );
}

describe("OTLP protobuf", () => {
  test("every field of a span", () => {
    const [span] = collect((sink) => void readRequest(RICH_BYTES, "traces", "s", sink)).spans;
    expect(span).toEqual({
      traceId: TRACE,
      spanId: SPAN,
      parentSpanId: "00000000000000ff",
      name: "execute_tool größe",
      kind: "client",
      startNs: 1795523022993296057n,
      endNs: 1795523022993327934n,
      status: { code: "error", message: "it broke" },
      attributes: {
        int: -7,
        big: "9007199254740993",
        least: "-9223372036854775808",
        double: 0.25,
        nan: Number.NaN,
        none: null,
        empty: "",
        bytes: "//4=",
        utf8: '{"a":1}',
        list: ["a", 1, null],
        map: { k: [] },
        long: "long ".repeat(50),
      },
      events: [{ timeNs: 1795523022993296058n, name: "exception", attributes: { "exception.type": "KeyError" } }],
      links: [{ traceId: TRACE, spanId: SPAN, attributes: { l: 2 } }],
      dropped: { attributes: 3, events: 1, links: 2 },
      scope: { name: "ai", version: "1.0", attributes: { a: true } },
      resource: { "service.name": "orders" },
      source: "s",
      line: null,
    });
  });

  test("is read as protobufjs reads it", () => {
    const ours = collect((sink) => void readRequest(RICH_BYTES, null, "s", sink));
    const theirs = collect((sink) => void readRequests(toOtlpJson(TraceRequest, RICH_BYTES), "s", null, sink));
    expect(ours).toEqual(theirs);
  });

  test.each([
    [`${OPENAI}/traces.jsonl`, "openai-otel-v2.traces.pb"],
    [`${OPENAI}/logs.jsonl`, "openai-otel-v2.logs.pb"],
    [`${AG2}/traces.jsonl`, "ag2-native.traces.pb"],
  ])("a real capture is the same in both encodings, in blocks of any size: %s", (jsonName, protoName) => {
    const want = stream(json, capture(jsonName));
    expect(want.spans.length + want.logs.length).toBeGreaterThan(1);
    expect(want.drops).toEqual({});
    for (const size of [1, 5, 100, 4096, 1 << 20]) {
      expect(stream(proto, file(protoName), size)).toEqual(want);
      expect(stream(json, capture(jsonName), size)).toEqual(want);
    }
  });

  test("one message, several behind their lengths, zstd frames", () => {
    const one = stream(proto, RICH_BYTES);
    expect(one.spans).toHaveLength(1);
    const zstd = zstdCompressSync(RICH_BYTES);
    const jsonInZstd = zstdCompressSync(text(toOtlpJson(TraceRequest, RICH_BYTES)));
    for (const size of [1, 7, 1000]) {
      expect(stream(proto, RICH_BYTES, size)).toEqual(one);
      expect(stream(proto, framed(RICH_BYTES, RICH_BYTES), size).spans).toEqual([...one.spans, ...one.spans]);
      expect(stream(proto, framed(zstd, jsonInZstd), size).spans).toEqual([...one.spans, ...one.spans]);
    }
  });

  test("a half-written last message, a broken length, a span of wrong length: the others are read", () => {
    const whole = framed(RICH_BYTES, RICH_BYTES);
    expect(stream(proto, whole.subarray(0, -5))).toMatchObject({
      spans: [{}],
      drops: { "half-written OTLP message": 1 },
    });
    const broken = Buffer.concat([
      framed(RICH_BYTES),
      Buffer.from([0xff, 0xff, 0xff, 0xff, 9, 9, 9]),
      framed(RICH_BYTES),
    ]);
    for (const size of [1, 50, 5000])
      expect(stream(proto, broken, size)).toMatchObject({ spans: [{}, {}], drops: { "broken OTLP frame": 1 } });
    const two = TraceRequest.encode(
      TraceRequest.fromObject({
        resourceSpans: [
          {
            scopeSpans: [
              {
                spans: [
                  RICH.resourceSpans[0]?.scopeSpans[0]?.spans[0],
                  { traceId: hex(TRACE), spanId: hex(SPAN), name: "second" },
                ],
              },
            ],
          },
        ],
      }),
    ).finish();
    const at = Buffer.from(two).indexOf("execute_tool") - 1;
    two[at] = 0xff;
    expect(collect((sink) => void readRequest(two, null, "s", sink))).toMatchObject({
      spans: [{ name: "second" }],
      drops: { "malformed protobuf": 1 },
    });
  });

  test("nested beyond 64 levels is null, beyond the stack no crash", () => {
    let value: Uint8Array = Uint8Array.of(0x0a, 1, 0x78);
    const wrap = (tag: number, inner: Uint8Array): Uint8Array => {
      const length: number[] = [];
      for (let rest = inner.length; ; rest >>>= 7) {
        length.push(rest > 127 ? (rest & 127) | 128 : rest);
        if (rest < 128) break;
      }
      return Buffer.concat([Uint8Array.of(tag, ...length), inner]);
    };
    for (let i = 0; i < 5000; i++) value = wrap(0x2a, wrap(0x0a, value));
    const span = Buffer.concat([
      wrap(0x0a, hex(TRACE)),
      wrap(0x12, hex(SPAN)),
      wrap(0x4a, Buffer.concat([wrap(0x0a, Buffer.from("k")), wrap(0x12, value)])),
    ]);
    const bytes = wrap(0x0a, wrap(0x12, wrap(0x12, span)));
    const got = collect((sink) => void readRequest(bytes, "traces", "s", sink));
    let depth = 0;
    for (let inner = got.spans[0]?.attributes["k"]; Array.isArray(inner); inner = inner[0]) depth++;
    expect(depth).toBe(65);
  });
});

test("a message without a frame is read whatever its size", () => {
  const [resource] = RICH.resourceSpans;
  const [group] = resource!.scopeSpans;
  for (const count of [1, 10, 100, 1000, 5000]) {
    const spans = Array.from({ length: count }, () => group!.spans[0]!);
    const message = { resourceSpans: [{ ...resource!, scopeSpans: [{ ...group!, spans }] }] };
    const bytes = TraceRequest.encode(TraceRequest.fromObject(message)).finish();
    expect(sniff(bytes.subarray(0, 65_536), bytes.length <= 65_536).why).toBe("protobuf ExportServiceRequest");
    expect(stream((sink) => openProtobuf("s", sink), bytes, 1 << 20).spans.length).toBe(count);
  }
});
