import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Reader, Sink } from "../../records/format.ts";
import { openJson } from "../json/reader.ts";
import { otlpJson } from "./json.ts";
import { mutate, randomFrom, stream } from "./testdata/collect.ts";

const json = (sink: Sink): Reader => openJson(sink, otlpJson("s", sink));
const text = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
const hex = (id: string): Uint8Array => Buffer.from(id, "hex");
const TRACE = "5982fe77008310cc80f1da5e10147538";
const SPAN = "90394f6bcffb5d13";

describe("OTLP JSON", () => {
  const span = {
    traceId: TRACE.toUpperCase(),
    spanId: SPAN,
    name: "chat x",
    kind: 3,
    startTimeUnixNano: "1795523022993296057",
    status: { code: 2, message: "m" },
    attributes: [{ key: "a", value: { intValue: 5 } }],
  };
  const request = {
    resourceSpans: [
      {
        resource: { attributes: [{ key: "service.name", value: { stringValue: "s" } }] },
        scopeSpans: [{ scope: { name: "n" }, spans: [span] }],
      },
    ],
  };
  const want = stream(json, text(request)).spans;

  test("the plain form", () => {
    expect(want).toMatchObject([
      {
        traceId: TRACE,
        spanId: SPAN,
        kind: "client",
        status: { code: "error", message: "m" },
        attributes: { a: 5 },
        resource: { "service.name": "s" },
        scope: { name: "n" },
        startNs: 1795523022993296057n,
      },
    ]);
  });

  const snake = {
    trace_id: TRACE,
    span_id: SPAN,
    name: "chat x",
    kind: "SPAN_KIND_CLIENT",
    start_time_unix_nano: 1,
    status: { code: "STATUS_CODE_ERROR", message: "m" },
    attributes: [{ key: "a", value: { int_value: "5" } }],
  };
  test.each<[string, unknown]>([
    ["an array of requests", [request]],
    ["an indented document", JSON.stringify(request, null, 2)],
    [
      "old names",
      {
        resourceSpans: [
          {
            resource: request.resourceSpans[0]?.resource,
            instrumentationLibrarySpans: [{ instrumentationLibrary: { name: "n" }, spans: [span] }],
          },
        ],
      },
    ],
    [
      "Tempo: batches, base64 ids, names of enums",
      {
        batches: [
          {
            resource: request.resourceSpans[0]?.resource,
            scopeSpans: [
              {
                scope: { name: "n" },
                spans: [
                  {
                    ...span,
                    traceId: "WYL+dwCDEMyA8dpeEBR1OA==",
                    spanId: "kDlPa8/7XRM=",
                    kind: "SPAN_KIND_CLIENT",
                    status: { code: "STATUS_CODE_ERROR", message: "m" },
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
    ["Tempo v2", { trace: request, status: "COMPLETE" }],
    ["Jaeger api_v3", { result: request }],
    [
      "ids as byte arrays",
      {
        resourceSpans: [
          {
            ...request.resourceSpans[0],
            scopeSpans: [
              {
                scope: { name: "n" },
                spans: [{ ...span, traceId: { type: "Buffer", data: [...hex(TRACE)] }, spanId: [...hex(SPAN)] }],
              },
            ],
          },
        ],
      },
    ],
    [
      "attributes as a plain object",
      {
        resourceSpans: [
          {
            resource: { attributes: { "service.name": "s" } },
            scopeSpans: [{ scope: { name: "n" }, spans: [{ ...span, attributes: { a: 5 } }] }],
          },
        ],
      },
    ],
    [
      "snake case",
      `{"resource_spans":[{"resource":{"attributes":[{"key":"service.name","value":{"string_value":"s"}}]},"scope_spans":[{"scope":{"name":"n"},"spans":[${JSON.stringify(snake).replace('"start_time_unix_nano":1,', '"start_time_unix_nano":1795523022993296057,')}]}]}]}`,
    ],
  ])("%s", (_name, input) => {
    expect(stream(json, text(input)).spans).toEqual(want);
  });

  test("a span without ids is dropped, metrics are counted, others are read", () => {
    expect(
      stream(
        json,
        text({
          resourceSpans: [{ scopeSpans: [{ spans: [{ name: "x" }, span, null, 7] }] }, null, { scopeSpans: "no" }],
        }),
      ),
    ).toMatchObject({ spans: [{}], drops: { "span without id": 1 } });
    expect(stream(json, text('{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{},{}]}]}]}'))).toMatchObject({
      spans: [],
      drops: { metrics: 2 },
    });
    expect(stream(json, text('{"hello":1}\n[]\n3\n')).drops).toEqual({ "not an OTLP request": 1, "not JSON": 1 });
  });

  test("a partial trace of Tempo is said", () => {
    expect(stream(json, text({ trace: request, status: "PARTIAL", message: "too large" })).notes).toEqual([
      "s: the trace is partial: too large",
    ]);
  });

  test("logs: body of any kind, severity by name, event name", () => {
    const log = {
      timeUnixNano: "0",
      observedTimeUnixNano: "1795523022993296057",
      severityNumber: "SEVERITY_NUMBER_ERROR2",
      eventName: "gen_ai.choice",
      body: { kvlistValue: { values: [{ key: "index", value: { intValue: "0" } }] } },
      traceId: "",
      spanId: "",
    };
    expect(
      stream(json, text({ resourceLogs: [{ scopeLogs: [{ scope: { name: "l" }, logRecords: [log] }] }] })).logs,
    ).toEqual([
      {
        timeNs: 1795523022993296057n,
        severity: 18,
        eventName: "gen_ai.choice",
        body: { index: 0 },
        attributes: {},
        traceId: null,
        spanId: null,
        scopeName: "l",
        resource: {},
        source: "s",
        line: null,
      },
    ]);
  });

  test("mutated JSON: no throw", () => {
    const random = randomFrom(7);
    const seed = readFileSync(
      new URL("../../../test/captures/ag2-classic@0.14.0/camel-case-argument+native/traces.jsonl", import.meta.url),
    ).subarray(0, 3000);
    for (let round = 0; round < 500; round++)
      expect(stream(json, mutate(seed, random), 1 + (random() % 900)).logs).toEqual([]);
  });
});
