import { expect, test } from "vitest";
import type { Run, ToolCall } from "../records/call.ts";
import type { Finding } from "../records/finding.ts";
import { argumentQuoted, createPointedAt } from "./pointed-at.ts";

const seen = (excerpt: string) => ({ source: "s", line: 3, traceId: null, spanId: null, excerpt });
const finding = (excerpt: string, param?: string) =>
  ({ evidence: [seen(excerpt)], facts: param === undefined ? {} : { param } }) as unknown as Finding;

const messages = [
  { role: "user", text: "?", calls: [], results: [] },
  { role: "assistant", text: null, calls: [{ id: "call_a", name: "get_page", argumentsRaw: "{}" }], results: [] },
  { role: "tool", text: null, calls: [], results: [{ callId: "call_a", tool: null, content: "…", isError: null }] },
];
const runs = [
  { turns: [{ evidence: seen(""), error: { status: 400 }, offered: [{ name: "a" }, { name: "b.c" }], messages }] },
] as unknown as Run[];

test("finds the tool and the call that a refused request is pointed at", () => {
  const { inRequest } = createPointedAt(runs);
  expect(inRequest(finding("Invalid 'tools[1].function.name': string does not match"))).toEqual({
    tool: "b.c",
    callId: null,
  });
  expect(inRequest(finding("string too long", "messages[2].content"))).toEqual({ tool: "get_page", callId: "call_a" });
  expect(inRequest(finding("string too long", "messages.[0].content"))).toBeNull();
  expect(inRequest(finding("Invalid 'tools[7]'"))).toBeNull();
  expect(createPointedAt([]).inRequest(finding("Invalid 'tools[1]'"))).toBeNull();
});

test("names the one argument whose value a failure quotes", () => {
  const of = (excerpt: string, args: unknown) =>
    argumentQuoted(finding(excerpt), { arguments: args } as unknown as ToolCall);
  expect(of("KeyError: 'Lisbon'", { city: "Lisbon", days: 3 })).toBe("city");
  expect(of("Order 991 not found in shop 'AT'.", { order_id: 991 })).toBe("order_id");
  expect(of("Order 991 not found in shop 'AT'.", { order_id: 991, shop: "AT" })).toBeNull();
  expect(of("policy PL-7 of claim PL-77", { policy: "PL-7" })).toBe("policy");
  expect(of("the claim was not found", { kind: "claim", state: "not" })).toBeNull();
  expect(of("3 claims were closed", { days: 3 })).toBeNull();
  expect(of("anything", null)).toBeNull();
});
