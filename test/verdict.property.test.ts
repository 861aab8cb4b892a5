import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { createAnalyzer, type Report } from "../src/index.ts";
import { readInputs } from "../src/sources/inputs.ts";
import { mutate, mutateText, randomFrom } from "../src/ingest/otlp/testdata/collect.ts";
import { FORMS, sentIn, type Sent } from "./verdict.fixture.ts";

/** The same telemetry gives the same verdict, whatever form it is written in and in whatever order its spans came. */

const ROOT = new URL("./captures/", import.meta.url).pathname;
/** What has many spans is slow, and says no more. */
const LARGEST = 200_000;
const CAPTURES = globSync("*/*/traces.jsonl", { cwd: ROOT })
  .filter((path) => statSync(join(ROOT, path)).size < LARGEST)
  .sort();
/** A diagnosis takes a thousand times what a message does. */
const RUNS = Math.ceil(Number(process.env["MISFIRE_SOAK_ROUNDS"] ?? 60_000) / 1000);

const dir = mkdtempSync(join(tmpdir(), "misfire-verdict-"));
afterAll(() => rmSync(dir, { recursive: true }));

const capture = fc.constantFrom(...CAPTURES);
const form = fc.constantFrom(...Object.keys(FORMS));
const batch = fc.integer({ min: 1, max: 9 });

test(
  "every form of the same spans gives the same verdict",
  async () => {
    await fc.assert(
      fc.asyncProperty(capture, form, batch, async (path, name, size) => {
        const text = readFileSync(join(ROOT, path), "utf8");
        expect(await verdictOf(FORMS[name]!(sentIn(text), size))).toEqual(await verdictOf(Buffer.from(text)));
      }),
      { numRuns: RUNS },
    );
  },
  60_000 + 100 * RUNS,
);

test(
  "spans in any order give the same verdict",
  async () => {
    await fc.assert(
      fc.asyncProperty(capture, batch, fc.infiniteStream(fc.nat()), async (path, size, keys) => {
        const text = readFileSync(join(ROOT, path), "utf8");
        const spans = shuffled(sentIn(text), keys);
        expect(await verdictOf(FORMS["OTLP JSON"]!(spans, size))).toEqual(await verdictOf(Buffer.from(text)));
      }),
      { numRuns: RUNS },
    );
  },
  60_000 + 100 * RUNS,
);

test("spans that nobody reads are counted, and change nothing", async () => {
  for (const path of CAPTURES.filter((_, n) => n % 12 === 0)) {
    const spans = withOthers(sentIn(readFileSync(join(ROOT, path), "utf8")));
    for (const name of ["OTLP JSON", "OTLP protobuf"]) {
      const bytes = FORMS[name]!(spans, 4);
      const [quick, whole] = [createAnalyzer(), createAnalyzer({ spans: () => {} })];
      for (const analyzer of [quick, whole]) {
        const source = analyzer.source("traces");
        for (let at = 0; at < bytes.length; at += 3000) source.push(bytes.subarray(at, at + 3000));
        source.end();
      }
      expect(quick.report(), `${path} as ${name}`).toEqual(whole.report());
      expect(quick.report().coverage.spans).toBe(spans.length);
    }
  }
}, 60_000);

test("runs that are closed on the way are told of as in the end", () => {
  const texts = CAPTURES.filter((_, n) => n % 5 === 0).map((path) => readFileSync(join(ROOT, path), "utf8"));
  const [all, few] = [Number.POSITIVE_INFINITY, 150_000].map((mostKept) => {
    const analyzer = createAnalyzer({ mostKept, maxEvidence: 1000 });
    const source = analyzer.source("traces");
    for (const text of texts) source.push(Buffer.from(text));
    source.end();
    return { report: analyzer.report(), runs: analyzer.runs().length };
  });
  expect(few!.runs).toBeLessThan(all!.runs / 2);
  expect(told(few!.report)).toEqual(told(all!.report));
  // a tool that other runs define otherwise has one definition where those are closed: more may be found, not less
  expect(countsOf(few!.report)).toEqual(expect.arrayContaining(countsOf(all!.report)));
});

function told({ verdict, totals: { requested, answered }, coverage, sources }: Report): unknown {
  const skipped = coverage.skipped.filter(({ reason }) => !reason.startsWith("in part: "));
  return { verdict, requested, answered, coverage: { ...coverage, skipped, notes: [] }, sources };
}

function countsOf({ incidents }: Report): unknown[] {
  return incidents.map(({ id, count, runs }) => ({ id, count, runs: runs.toSorted() }));
}

/** A failing query and one that goes well beside each span. */
function withOthers(spans: readonly Sent[]): Sent[] {
  return spans.flatMap((sent, n) => [
    sent,
    {
      resource: { attributes: [{ key: "service.name", value: { stringValue: "db" } }] },
      scope: { name: "pg" },
      span: {
        traceId: sent.span["traceId"],
        spanId: (n + 0xabcd0000).toString(16).padStart(16, "e"),
        name: "SELECT",
        kind: 3,
        attributes: [{ key: "db.query.text", value: { stringValue: 'SELECT "a" FROM \\t' } }],
        events:
          n % 3 === 0
            ? [{ name: "exception", attributes: [{ key: "exception.type", value: { stringValue: "E" } }] }]
            : [],
        status: n % 5 === 0 ? { code: 2, message: "no such relation" } : {},
      },
    },
  ]);
}

test(
  "mutated traces are diagnosed, and no dialect, reader or detector fails on them",
  () => {
    const random = randomFrom(7);
    const paths = CAPTURES.filter((_, n) => n % 7 === 0);
    const failed: string[] = [];
    for (let round = 0; round < RUNS * 5; round++) {
      const spans = sentIn(readFileSync(join(ROOT, paths[round % paths.length]!), "utf8"));
      const bytes = FORMS[round % 2 === 0 ? "OTLP JSON" : "OTLP protobuf"]!(spans, 3);
      const analyzer = createAnalyzer();
      const source = analyzer.source("traces", round % 2 === 0 ? "otlp-json" : "otlp-proto");
      source.push((round % 2 === 0 ? mutateText : mutate)(bytes, random));
      source.end();
      const { dropped, skipped, notes } = analyzer.report().coverage;
      const faults = [...Object.keys(dropped), ...skipped.map(({ reason }) => reason)].filter((text) =>
        /failed/.test(text),
      );
      if (faults.length > 0) failed.push(`round ${round}: ${[...faults, ...notes].join("; ")}`);
    }
    expect(failed).toEqual([]);
  },
  60_000 + 1000 * RUNS,
);

test("spans that come last first give the same verdict, in each form", async () => {
  for (const path of CAPTURES.filter((_, n) => n % 9 === 0)) {
    const text = readFileSync(join(ROOT, path), "utf8");
    const want = await verdictOf(Buffer.from(text));
    for (const name of ["OTLP protobuf", "Jaeger JSON"])
      expect(await verdictOf(FORMS[name]!(sentIn(text).toReversed(), 3)), `${path} as ${name}`).toEqual(want);
  }
}, 60_000);

function shuffled(spans: readonly Sent[], keys: Iterator<number>): Sent[] {
  return spans
    .map((span) => ({ span, key: Number(keys.next().value) }))
    .sort((a, b) => a.key - b.key)
    .map(({ span }) => span);
}

/** All that a report says, but for where in the file it stands. */
async function verdictOf(bytes: Uint8Array): Promise<unknown> {
  const path = join(dir, "traces");
  writeFileSync(path, bytes);
  const analyzer = createAnalyzer();
  await readInputs(
    [path],
    {
      open: (name) => analyzer.source(name),
      problem: ({ reason }) => expect.fail(reason),
      skipped: () => {},
      progress: () => {},
    },
    new AbortController().signal,
  );
  const { verdict, totals, coverage, incidents, unclassified } = analyzer.report();
  return {
    verdict,
    totals,
    spans: coverage.spans,
    dialects: coverage.dialects,
    skipped: coverage.skipped,
    unclassified: unclassified.map(({ template, count }) => `${count} ${template}`).sort(),
    incidents: incidents
      .map(({ evidence, call, first, last, ...said }) => ({
        ...said,
        runs: said.runs.toSorted(),
        agents: said.agents.toSorted(),
        models: said.models.toSorted(),
        consequences: said.consequences.toSorted(),
        call: call && { ...call, schema: null },
        // Jaeger has microseconds
        first: first?.slice(0, 19),
        last: last?.slice(0, 19),
        spans: evidence.length > 0,
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}
