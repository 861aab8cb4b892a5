import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { diagnose, type Report } from "../src/index.ts";

/** samples/<story>/expected.json. `accept` are ids that are right too; `line` is one of those that the first incident shows. */
interface Expected {
  story: string;
  framework: string;
  classifier: string | null;
  accept: string[];
  tool: string | null;
  facts: Record<string, string>;
  source: string | null;
  line: number | null;
}

const samples = new URL("../samples/", import.meta.url);
const stories = readdirSync(samples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

async function reportOf(story: string): Promise<Report> {
  const folder = new URL(`${story}/`, samples);
  const files = readdirSync(folder)
    .filter((name) => name !== "expected.json")
    .toSorted();
  return diagnose(Object.fromEntries(files.map((name) => [name, readFileSync(new URL(name, folder))])));
}

describe("samples", () => {
  it("cover the causes that misfire began with, and healthy runs", () => {
    expect(stories).toEqual([
      "function-not-wired",
      "healthy-errors-in-results",
      "healthy-parallel-calls",
      "invalid-json",
      "invalid-schema",
      "model-without-tools",
      "result-not-serializable",
      "shared-state",
      "signature-mismatch",
    ]);
  });

  it.each(stories)("%s is diagnosed as expected.json says", async (story) => {
    const expected = JSON.parse(readFileSync(new URL(`${story}/expected.json`, samples), "utf8")) as Expected;
    const report = await reportOf(story);
    if (expected.classifier === null) {
      expect(report.incidents).toEqual([]);
      expect(report.verdict).toBe("clean");
      return;
    }
    const [first] = report.incidents;
    expect([expected.classifier, ...expected.accept]).toContain(first?.classifier);
    if (expected.tool !== null) expect(first?.tool).toBe(expected.tool);
    expect(first?.facts).toMatchObject(expected.facts);
    expect(first?.evidence.map(({ source, line }) => `${source}:${line}`)).toContain(
      `${expected.source}:${expected.line}`,
    );
    expect(report.verdict).toBe("failures");
  });
});
