import { TraceRequest } from "./oracle.ts";

export const hex = (id: string): Uint8Array => Buffer.from(id, "hex");
export const TRACE = "5982fe77008310cc80f1da5e10147538";
export const SPAN = "90394f6bcffb5d13";

/** Everything that a span can hold, for protobufjs to encode. */
export const RICH = {
  resourceSpans: [
    {
      resource: { attributes: [{ key: "service.name", value: { stringValue: "orders" } }] },
      scopeSpans: [
        {
          scope: { name: "ai", version: "1.0", attributes: [{ key: "a", value: { boolValue: true } }] },
          spans: [
            {
              traceId: hex(TRACE),
              spanId: hex(SPAN),
              parentSpanId: hex("00000000000000ff"),
              traceState: "x=y",
              name: "execute_tool größe",
              kind: 3,
              startTimeUnixNano: "1795523022993296057",
              endTimeUnixNano: "1795523022993327934",
              attributes: [
                { key: "int", value: { intValue: "-7" } },
                { key: "big", value: { intValue: "9007199254740993" } },
                { key: "least", value: { intValue: "-9223372036854775808" } },
                { key: "double", value: { doubleValue: 0.25 } },
                { key: "nan", value: { doubleValue: Number.NaN } },
                { key: "none", value: {} },
                { key: "empty", value: { stringValue: "" } },
                { key: "bytes", value: { bytesValue: Buffer.from([0xff, 0xfe]) } },
                { key: "utf8", value: { bytesValue: Buffer.from('{"a":1}') } },
                { key: "list", value: { arrayValue: { values: [{ stringValue: "a" }, { intValue: "1" }, {}] } } },
                {
                  key: "map",
                  value: { kvlistValue: { values: [{ key: "k", value: { arrayValue: { values: [] } } }] } },
                },
                { key: "__proto__", value: { stringValue: "no" } },
                { key: "long", value: { stringValue: "long ".repeat(50) } },
              ],
              droppedAttributesCount: 3,
              events: [
                {
                  timeUnixNano: "1795523022993296058",
                  name: "exception",
                  attributes: [{ key: "exception.type", value: { stringValue: "KeyError" } }],
                },
              ],
              droppedEventsCount: 1,
              links: [{ traceId: hex(TRACE), spanId: hex(SPAN), attributes: [{ key: "l", value: { intValue: "2" } }] }],
              droppedLinksCount: 2,
              status: { message: "it broke", code: 2 },
              flags: 256,
            },
          ],
        },
      ],
    },
  ],
};
export const RICH_BYTES = TraceRequest.encode(TraceRequest.fromObject(RICH)).finish();
