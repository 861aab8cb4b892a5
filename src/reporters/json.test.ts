import { expect, it } from "vitest";
import { sampleReport } from "../../test/cli/sample-report.ts";
import { explain } from "./explain.ts";
import { REPORTERS, type View } from "./index.ts";

const view: View = {
  width: 80,
  color: true,
  unclassified: true,
  verbose: true,
  quiet: true,
  seconds: 1,
  context: new Map(),
};

it("prints the report as one JSON object, whatever the view", () => {
  expect(JSON.parse(REPORTERS.json(sampleReport(), view))).toEqual(sampleReport());
});

it("prints findings, what is unclassified, then the report, one a line", () => {
  const lines = REPORTERS.ndjson(sampleReport(), view)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map(({ type }) => type)).toEqual(["finding", "finding", "finding", "unclassified", "report"]);
  expect(lines[0]).toMatchObject({
    incident: "a00000000001",
    classifier: "arguments/unexpected-argument",
    stage: "validated",
    callId: "call_q8Zt1",
    run: "run-1",
    time: "2026-01-31T14:02:11.000Z",
  });
  expect(lines.at(-1)).toMatchObject({ schema: "misfire.report/1", verdict: "failures" });
});

it("explains a classifier", () => {
  const out = explain(
    {
      id: "arguments/unexpected-argument",
      layer: "arguments",
      stage: "validated",
      title: "The model passes an argument that the tool does not have",
      severity: "error",
      cause: "The model sent {argument}; {tool} has no parameter of that name.",
      impact: null,
      fix: {
        summary: "Make {tool} and its schema agree.",
        steps: ["Rename it."],
        code: { autogen: { before: "a", after: "b" } },
      },
      signatures: [],
      detectors: ["argument-schema"],
      examples: {
        match: [
          {
            text: "TypeError: f() got an unexpected keyword argument 'x'\u001b[31m",
            file: null,
            in: "log",
            facts: {},
            flagged: null,
          },
        ],
        clean: [],
      },
      references: ["https://example.com"],
      related: [],
      tags: [],
      versions: [],
      extends: null,
      silence: false,
    },
    { width: 80, color: false },
  );
  expect(out).toContain("The model sent an argument.");
  expect(out).toContain("    TypeError: f() got an unexpected keyword argument 'x'\n");
  expect(out).toContain("Code for autogen\n  before\n      a\n  after\n      b");
});
