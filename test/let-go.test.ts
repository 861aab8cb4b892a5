import { expect, it } from "vitest";
import { createAnalyzer } from "../src/index.ts";
import type { Coverage } from "../src/records/report.ts";

/** One trace of an agent with calls of one tool, as OTLP JSON. */
function trace(n: number, calls: number): string {
  const traceId = (n + 1).toString(16).padStart(32, "0");
  const id = (x: number): string => x.toString(16).padStart(16, "0");
  const at = (ns: number): string => String(1_700_000_000_000_000_000n + BigInt(n * 1e9 + ns));
  const attributes = (all: Record<string, string>) =>
    Object.entries(all).map(([key, stringValue]) => ({ key: `gen_ai.${key}`, value: { stringValue } }));
  const agent = { traceId, spanId: id(1), name: "invoke_agent a", startTimeUnixNano: at(0), endTimeUnixNano: at(1e6) };
  const tools = Array.from({ length: calls }, (_, call) => ({
    traceId,
    spanId: id(call + 2),
    parentSpanId: id(1),
    name: "execute_tool look",
    startTimeUnixNano: at(call),
    endTimeUnixNano: at(call + 1),
    attributes: attributes({
      "operation.name": "execute_tool",
      "tool.name": "look",
      "tool.call.id": `call_${n}_${call}`,
      "tool.call.arguments": `{"n":${call}}`,
      "tool.call.result": `result ${n} ${call}`,
    }),
  }));
  const spans = [{ ...agent, attributes: attributes({ "operation.name": "invoke_agent" }) }, ...tools];
  return `${JSON.stringify({ resourceSpans: [{ scopeSpans: [{ scope: { name: "x" }, spans }] }] })}\n`;
}

function coverageOf(traces: number, calls: number, mostKept: number): Coverage {
  const analyzer = createAnalyzer({ mostKept });
  const source = analyzer.source("traces.jsonl");
  for (let n = 0; n < traces; n++) source.push(new TextEncoder().encode(trace(n, calls)));
  source.end();
  expect(analyzer.report()).toMatchObject({ verdict: "clean", totals: { answered: traces * calls } });
  return analyzer.report().coverage;
}

it("says which detectors saw only a part, where runs were let go", () => {
  const partly = (coverage: Coverage) => coverage.skipped.filter(({ reason }) => reason.startsWith("in part: "));
  expect(partly(coverageOf(40, 10, 50_000)).map(({ detector }) => detector)).toEqual([
    "overload",
    "shared-result",
    "shared-history",
  ]);
  expect(partly(coverageOf(40, 10, Number.POSITIVE_INFINITY))).toEqual([]);
});
