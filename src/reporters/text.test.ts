import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evidence, incident, sampleReport } from "../../test/cli/sample-report.ts";
import type { View } from "./reporter.ts";
import { text } from "./text.ts";
import { widthOf } from "./text/width.ts";

const view = (change: Partial<View> = {}): View => ({
  width: 80,
  color: false,
  unclassified: false,
  verbose: false,
  quiet: false,
  seconds: 0.09,
  context: new Map(),
  ...change,
});

describe("the text report", () => {
  it.each([80, 200])("is made for %i columns", async (width) => {
    await expect(text(sampleReport(), view({ width, verbose: true, unclassified: true }))).toMatchFileSnapshot(
      `./snapshots/report-${width}.txt`,
    );
  });

  it("says in its first line what failed and why", () => {
    expect(text(sampleReport(), view()).split("\n")[0]).toBe(
      "✗ get_claim: the model passes an argument that the tool does not have",
    );
    expect(text(sampleReport(), view({ width: 120 })).split("\n")[0]).toMatch(/have {3,}3× {3}14:02:11 to 14:03:40$/);
  });

  it("puts a mark under the argument", () => {
    const lines = text(sampleReport(), view()).split("\n");
    const sent = lines.find((line) => line.includes("sent  "))!;
    const caret = lines[lines.indexOf(sent) + 1]!;
    expect(caret.indexOf("^")).toBe(sent.indexOf("claimId"));
    expect(caret).toContain("^^^^^^^ did the model mean claim_id?");
  });

  it("keeps the mark in place behind wide characters and in long arguments", () => {
    const wide = incident({ call: { ...incident().call!, argumentsRaw: '{"名前": "山田", "claimId": 1}' } });
    const long = incident({
      call: {
        ...incident().call!,
        argumentsRaw: `{"text": "${"x".repeat(500)}", "claimId": 1, "rest": "${"y".repeat(500)}"}`,
      },
    });
    for (const one of [wide, long]) {
      const lines = text(sampleReport({ incidents: [one] }), view()).split("\n");
      const at = lines.findIndex((line) => line.includes("sent  "));
      const before = lines[at]!.slice(0, lines[at]!.indexOf("claimId"));
      expect(widthOf(before)).toBe(lines[at + 1]!.indexOf("^"));
    }
  });

  it("shows consequences under their cause and counts them once", () => {
    const out = text(sampleReport(), view());
    expect(out).toContain('then   flow/step-limit, 1×: "Maximum number of turns 8 reached"  app.log:530');
    expect(out.match(/flow\/step-limit/g)).toHaveLength(1);
    expect(out.trimEnd().split("\n").slice(-2)).toEqual([
      "2 causes, 3 failed of 41 calls, 1 recovered, 12 unclassified (-u shows them)",
      "49 MB in 0.09 s",
    ]);
    expect(text(sampleReport(), view({ width: 100 }))).toContain("12 unclassified (-u shows them) · 49 MB in 0.09 s\n");
  });

  it("does not go round in rings of causes", () => {
    const ring = [
      incident({ id: "1", consequences: ["2"] }),
      incident({ id: "2", causedBy: "1", consequences: ["1", "2"] }),
    ];
    expect(text(sampleReport({ incidents: ring }), view()).match(/then/g)).toHaveLength(1);
  });

  it("prints a line per root cause when quiet", () => {
    const lines = text(sampleReport(), view({ quiet: true }))
      .trimEnd()
      .split("\n");
    expect(lines[0]).toBe(
      "app.log:214: error: get_claim: The model sent claimId; get_claim takes claim_id. [arguments/unexpected-argument] 3×",
    );
    expect(lines).toHaveLength(2);
  });

  it("shows the lines around the evidence", () => {
    const context = new Map([["app.log:214", { before: ["before it"], after: ["after it"] }]]);
    expect(text(sampleReport(), view({ context }))).toMatch(
      /app\.log:214\n +before it\n +> TypeError: .*'claimId'\n +after it/,
    );
  });

  it("says what was looked at when nothing was found", () => {
    const clean = sampleReport({ incidents: [], unclassified: [], verdict: "clean" });
    expect(text(clean, view())).toContain(
      "No failed tool call found.\nLooked at app.log, traces.jsonl: text, otlp-json, 213,482 records, 41 spans",
    );
    const notes = ["unanswered: a run ends with a call (get)", "argument-schema: a call breaks"];
    const open = text({ ...clean, coverage: { ...clean.coverage, notes } }, view());
    expect(open).toContain("\nA run ends with a call (get).\n");
    expect(open).not.toContain("breaks");
    const foreign = sampleReport({ incidents: [], unclassified: [], verdict: "no-agent-data" });
    expect(text(foreign, view())).toContain("Nothing here is about an agent");
    const empty = sampleReport({
      incidents: [],
      unclassified: [],
      verdict: "no-agent-data",
      sources: [{ name: "-", format: "text", bytes: 0, records: 0, spans: 0 }],
    });
    expect(text(empty, view())).toContain("Nothing to diagnose: the input is empty.");
  });

  it("paints only when asked, and the words are the same", () => {
    const plain = text(sampleReport(), view());
    const painted = text(sampleReport(), view({ color: true }));
    expect(plain).not.toContain("\u001b");
    expect(painted).toContain("\u001b[31m");
    expect(painted.replace(/\u001b\[\d+m/g, "")).toBe(plain);
  });

  it("fits every width, whatever the input holds, and lets no control character through", () => {
    const nasty = fc.string({
      unit: fc.oneof(
        fc.constantFrom(
          "\u001b[31m",
          "\u001b]0;x\u0007",
          "\r",
          "\n",
          "\t",
          "\0",
          "\u202e",
          "\u200d",
          "漢",
          "👩‍🚀",
          "e\u0301",
          "a b",
          '"',
          "\ud800",
          "\u009b",
        ),
        fc.string({ unit: "grapheme", maxLength: 3 }),
      ),
      maxLength: 120,
    });
    fc.assert(
      fc.property(
        nasty,
        nasty,
        fc.integer({ min: 64, max: 220 }),
        fc.nat(150),
        fc.nat(150),
        (one, two, width, a, b) => {
          const seen = evidence({
            source: one,
            excerpt: two,
            highlight: [Math.min(a, two.length), Math.min(a + b, two.length)],
            callId: one,
          });
          const facts = { argument: one.slice(0, 9), nearest: two.slice(0, 9), allowed: two };
          const call = {
            ...incident().call!,
            argumentsRaw: `${two}"${one.slice(0, 9)}": ${two}`,
            schema: { properties: { [one]: { type: two, enum: [two] }, x: null } },
          };
          const hostile = incident({
            tool: one,
            cause: two,
            facts,
            call,
            agents: [two],
            evidence: [seen, evidence({ excerpt: one, highlight: null })],
            fix: { summary: one, steps: [two], code: { [one]: { before: two, after: one } } },
          });
          const out = text(
            sampleReport({
              incidents: [hostile, { ...hostile, id: "x", causedBy: hostile.id }],
              unclassified: [{ template: two, count: 1, evidence: [seen] }],
            }),
            view({ width, unclassified: true, verbose: true }),
          );
          expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
          for (const line of out.split("\n")) expect(widthOf(line), line).toBeLessThanOrEqual(width);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("stays quick and short on huge texts", () => {
    const huge = "x".repeat(3_000_000);
    const big = incident({
      call: { ...incident().call!, argumentsRaw: `{"claimId": "${huge}"}` },
      evidence: [evidence({ excerpt: huge, highlight: [2_000_000, 2_000_100] })],
    });
    const begun = performance.now();
    const out = text(sampleReport({ incidents: [big] }), view());
    expect(performance.now() - begun).toBeLessThan(500);
    expect(out.length).toBeLessThan(6000);
  });
});
