import { expect, test } from "vitest";
import { createAnalyzer } from "../src/index.ts";

const text = (key: string, value: string): object => ({ key, value: { stringValue: value } });

/** The span of one call that fails as all others do, which its status and its result both tell. */
function failing(n: number): object {
  const said = "get_claim() got an unexpected keyword argument 'claimId'";
  return {
    traceId: n.toString(16).padStart(32, "a"),
    spanId: n.toString(16).padStart(16, "b"),
    name: "execute_tool get_claim",
    startTimeUnixNano: String(1_795_523_022_993_296_057n + BigInt(n) * 1_000_000n),
    endTimeUnixNano: String(1_795_523_022_993_396_057n + BigInt(n) * 1_000_000n),
    attributes: [
      text("gen_ai.operation.name", "execute_tool"),
      text("gen_ai.tool.name", "get_claim"),
      text("gen_ai.tool.call.id", `call_abcd${n}`),
      text("gen_ai.tool.call.arguments", '{"claimId": "C-1"}'),
      text("gen_ai.tool.call.result", `Error: ${said}`),
    ],
    status: { code: 2, message: `TypeError: ${said}` },
  };
}

test.each([1, 400, 1500])("%i calls that fail alike are so many failures with one cause", (count) => {
  const analyzer = createAnalyzer();
  const source = analyzer.source("t.json");
  const spans = Array.from({ length: count }, (_, n) => failing(n));
  source.push(Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ scope: { name: "x" }, spans }] }] })));
  source.end();
  expect(analyzer.report().incidents.map((one) => [one.classifier, one.count])).toEqual([
    ["arguments/unexpected-argument", count],
  ]);
});
