import { describe, expect, test } from "vitest";
import { createAnalyzer } from "../src/index.ts";
import { FORMATS, ordinaryLog } from "./ordinary-logs.ts";

const kinds = Object.keys(FORMATS);
const LINES = Math.ceil(100_000 / kinds.length);

describe("100,000 lines of ordinary logs give no incident", () => {
  test.each(kinds)("%s", (kind) => {
    const analyzer = createAnalyzer();
    const source = analyzer.source(`${kind}.log`);
    source.push(new TextEncoder().encode(ordinaryLog(kind, LINES)));
    source.end();
    const report = analyzer.report();
    expect(report.incidents.map((i) => `${i.classifier}: ${i.evidence[0]?.excerpt}`)).toEqual([]);
    expect(report.verdict).toBe("no-agent-data");
    expect(report.sources[0]!.records).toBeGreaterThan(LINES / 8);
  });
});

test("all of them in one file, one after the other, give none either", () => {
  const analyzer = createAnalyzer();
  const source = analyzer.source("all.log");
  for (let i = 0; i < 40; i++) source.push(new TextEncoder().encode(kinds.map((k) => ordinaryLog(k, 20, i)).join("")));
  source.end();
  expect(analyzer.report().incidents.map((i) => `${i.classifier}: ${i.evidence[0]?.excerpt}`)).toEqual([]);
});
