import fc from "fast-check";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diagnose, type Report } from "../../src/index.ts";
import { createLive, type Live } from "../../src/live/live.ts";
import { FORMS, sentIn, type Sent } from "../verdict.fixture.ts";

/**
 * What a run left behind gives one report, whether its files are read, or the same comes live: output in blocks of any size,
 * spans in any order and batches, exchanges one by one, all in each other's midst, with looks in between.
 */

const ROOT = new URL("../captures/", import.meta.url).pathname;
const LARGEST = 120_000;
const CAPTURES = globSync("*/*/traces.jsonl", { cwd: ROOT })
  .filter((path) => statSync(join(ROOT, path)).size < LARGEST)
  .map((path) => path.replace(/\/traces\.jsonl$/, ""))
  .sort();
const ROUNDS = Number(process.env["MISFIRE_SOAK_ROUNDS"] ?? 0) || 40;

interface Came {
  log: Buffer;
  spans: Sent[];
  exchanges: Buffer;
}

function cameOf(name: string): Came {
  const read = (file: string): Buffer =>
    existsSync(join(ROOT, name, file)) ? readFileSync(join(ROOT, name, file)) : Buffer.alloc(0);
  return {
    log: read("console.log"),
    spans: sentIn(read("traces.jsonl").toString()),
    exchanges: read("requests.jsonl"),
  };
}

async function saved(name: string): Promise<Report> {
  const { log, exchanges } = cameOf(name);
  const files = { log, otlp: readFileSync(join(ROOT, name, "traces.jsonl")), tap: exchanges };
  return diagnose(Object.fromEntries(Object.entries(files).filter(([, bytes]) => bytes.length > 0)));
}

/** Steps of one source, in its order. */
type Steps = ((live: Live) => void)[];

function stepsOf({ log, spans, exchanges }: Came, batch: number, encoding: "json" | "protobuf"): Steps[] {
  const blocks = (name: string, bytes: Buffer, size: number, format?: string): Steps => {
    let source: ReturnType<Live["source"]> | null = null;
    return Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => (live: Live) => {
      source ??= live.source(name, format);
      source.push(new Uint8Array(bytes.subarray(n * size, (n + 1) * size)));
    });
  };
  const requests: Steps = [];
  for (let at = 0; at < spans.length; at += batch) {
    const some = spans.slice(at, at + batch);
    const form = FORMS[encoding === "json" ? "OTLP JSON" : "OTLP protobuf"]!(some, batch);
    const bytes = encoding === "json" ? form : form.subarray(4);
    requests.push((live) => void live.otlp({ signal: "traces", encoding, bytes }));
  }
  return [
    blocks("output", log, Math.max(1, Math.ceil(log.length / (batch * 3)))),
    requests,
    blocks("tap", exchanges, Math.max(1, Math.ceil(exchanges.length / batch)), "exchanges"),
  ];
}

test(
  "a run that comes live gives the report of its files",
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...CAPTURES),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom("json" as const, "protobuf" as const),
        fc.infiniteStream(fc.nat()),
        async (name, batch, encoding, chances) => {
          const chance = (most: number): number => Number(chances.next().value) % most;
          const came = cameOf(name);
          const spans = came.spans
            .map((span) => ({ span, key: chance(1000) }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ span }) => span);
          const left = stepsOf({ ...came, spans }, batch, encoding).filter((steps) => steps.length > 0);
          let clock = 0;
          const live = createLive({ analyzer: {}, idleMs: 60_000, changed: () => {}, now: () => clock });
          while (left.length > 0) {
            const at = chance(left.length);
            left[at]!.shift()!(live);
            if (left[at]!.length === 0) left.splice(at, 1);
            clock += chance(400);
            if (chance(3) === 0) live.judge();
          }
          expect(essence(live.finish()), name).toEqual(essence(await saved(name)));
        },
      ),
      { numRuns: ROUNDS },
    );
  },
  60_000 + 200 * ROUNDS,
);

/** All that a report says, but for where it was read and which of equals was met first. */
function essence({ verdict, totals, incidents, coverage }: Report): unknown {
  const classifiers = new Map(incidents.map(({ id, classifier }) => [id, classifier]));
  return {
    verdict,
    totals,
    spans: coverage.spans,
    incidents: incidents
      .map(({ classifier, tool, count, modifiers, severity, confidence, facts, causedBy }) =>
        JSON.stringify({
          classifier,
          tool,
          count,
          severity,
          confidence,
          modifiers: modifiers.toSorted(),
          facts: Object.entries(facts).toSorted(),
          cause: causedBy === null ? null : classifiers.get(causedBy),
        }),
      )
      .toSorted(),
  };
}
