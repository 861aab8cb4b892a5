import { TraceRequest } from "./oracle.ts";
import { hex, TRACE } from "./rich.ts";

/** Spans that no dialect reads, as the instrumentations of HTTP and databases write them: alike, and not quite. */
export const ORDINARY_BYTES: Uint8Array = TraceRequest.encode(
  TraceRequest.fromObject({
    resourceSpans: [
      {
        resource: { attributes: [{ key: "host.name", value: { stringValue: "one" } }] },
        scopeSpans: [
          { scope: { name: "http", version: "0.60.1" }, spans: [0, 1, 2].map(httpSpan) },
          { scope: { name: "pg" }, spans: [3, 4].map(querySpan) },
        ],
      },
    ],
  }),
).finish();

function httpSpan(n: number): object {
  return {
    ...placeOf(n),
    name: "GET",
    kind: 3,
    flags: 257,
    attributes: [
      { key: "http.request.method", value: { stringValue: "GET" } },
      { key: "url.full", value: { stringValue: `https://example.com/claims/${n}?say="größe"` } },
      { key: "server.port", value: { intValue: 443 } },
      ...(n === 1
        ? [{ key: "http.response.header.x", value: { arrayValue: { values: [{ stringValue: "]}" }] } } }]
        : []),
      { key: "http.response.status_code", value: { intValue: 200 + n } },
    ],
    status: n === 2 ? { code: 1 } : {},
  };
}

function querySpan(n: number): object {
  return {
    ...placeOf(n),
    name: "SELECT",
    events: [{ timeUnixNano: "1795523022993296058", name: "connected" }],
    attributes: [{ key: "db.query.text", value: { stringValue: "SELECT 1 ".repeat(n * 10) } }],
  };
}

function placeOf(n: number): object {
  return {
    traceId: hex(TRACE),
    spanId: hex(`90394f6bcffb5d0${n}`),
    parentSpanId: n === 0 ? undefined : hex("90394f6bcffb5d00"),
    startTimeUnixNano: `179552302299329605${n}`,
    endTimeUnixNano: `179552302299332793${n}`,
  };
}
