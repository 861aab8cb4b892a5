import { expect, it } from "vitest";
import type { Span } from "../../records/records.ts";
import { SAMPLES } from "../testdata/samples.ts";
import { patronus } from "./patronus.ts";

it("reads spans inside of spans, with durations of ISO 8601", () => {
  const spans: Span[] = [];
  const sink = { span: (span: Span) => void spans.push(span), drop: () => {} };
  const { bytes } = SAMPLES.find(({ format }) => format === "patronus")!;
  const handler = patronus("trail.json", sink as unknown as Parameters<typeof patronus>[1]);
  handler.document(JSON.parse(new TextDecoder().decode(bytes)), { line: 1 } as Parameters<typeof handler.document>[1]);
  expect(spans).toMatchObject([
    { traceId: "0035f455b3ff2295167a844f04d85d34", name: "main", parentSpanId: null, status: { code: "unset" } },
    {
      traceId: "0035f455b3ff2295167a844f04d85d34",
      parentSpanId: "aa7442e88f2e9f10",
      status: { code: "error", message: "Exception: no results" },
      attributes: { "tool.name": "web_search" },
      events: [{ name: "exception", attributes: { "exception.type": "Exception" } }],
    },
  ]);
  expect(spans[0]!.endNs! - spans[0]!.startNs!).toBe(73_500_000_000n);
});
