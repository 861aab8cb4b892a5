import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { diagnose, type Report } from "../index.ts";
import type { Change } from "./changes.ts";
import { frameOf } from "../sources/record/frames.ts";
import { createLive, type Live, type LiveOptions } from "./live.ts";

const read = (name: string): Buffer => readFileSync(new URL(`../../test/captures/${name}`, import.meta.url));
const essence = ({ verdict, incidents, totals }: Report): unknown => ({
  verdict,
  totals,
  incidents: incidents.map(({ classifier, tool, count, facts, modifiers, causedBy, evidence }) => ({
    classifier,
    tool,
    count,
    facts,
    modifiers,
    isCaused: causedBy !== null,
    lines: evidence.filter(({ kind }) => kind === "log").map(({ line }) => line),
  })),
});

let clock = 0;
const open = (more: Partial<LiveOptions> = {}, changes: Change[] = []): Live =>
  createLive({ analyzer: {}, idleMs: 1000, changed: (change) => void changes.push(change), now: () => clock, ...more });

/** Cuts into blocks at the given places. */
function blocks(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [...new Set(cuts.map((cut) => cut % bytes.length))].toSorted((a, b) => a - b);
  return [0, ...at].map((from, index) => bytes.slice(from, at[index] ?? bytes.length));
}

describe("a watch", () => {
  it.each([
    "claims-argument-renamed+native",
    "orders-masked-error+openinference",
    "weather-merged-stream+openinference",
  ])("of a log says what its file says, however it comes: %s", async (name) => {
    const log = new Uint8Array(read(`autogen@0.7.5/${name}/console.log`));
    const saved = essence(await diagnose(log, { name: "console.log" }));
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 12 }), fc.array(fc.boolean(), { maxLength: 12 }), (cuts, looks) => {
        const live = open();
        const source = live.source("console.log", "text");
        blocks(log, cuts).forEach((block, index) => {
          clock += 500;
          source.push(block);
          if (looks[index]) live.judge();
        });
        expect(essence(live.finish())).toEqual(saved);
      }),
      { numRuns: 8 },
    );
  });

  it("of traces says what their file says, in any order of its requests and whenever it looks", async () => {
    const name = "autogen@0.7.5/orders-enum-refused+openinference/traces.jsonl";
    const lines = read(name).toString().trimEnd().split("\n");
    const saved = essence(await diagnose(read(name), { name: "otlp" }));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(lines, { minLength: lines.length }),
        fc.boolean(),
        fc.boolean(),
        (order, looks, isSmall) => {
          const live = open(isSmall ? { limits: { records: 3 } } : {});
          for (const line of order) {
            live.otlp({ signal: "traces", encoding: "json", bytes: new TextEncoder().encode(line) });
            if (looks) live.judge();
          }
          expect(essence(live.finish())).toEqual(saved);
        },
      ),
      { numRuns: 12 },
    );
  });

  it("is silent about healthy runs while they go on", () => {
    for (const name of [
      "autogen@0.7.5/orders-healthy-parallel+openinference",
      "ai-sdk@6.0.326/healthy-direct-answer+native",
      "ag2@1.2.1/healthy-two-tools+native",
    ]) {
      const changes: Change[] = [];
      const live = open({}, changes);
      const spans = read(`${name}/traces.jsonl`).toString().trimEnd().split("\n");
      for (const line of spans) {
        live.otlp({ signal: "traces", encoding: "json", bytes: new TextEncoder().encode(line) });
        live.judge();
      }
      live.finish();
      expect(changes).toEqual([]);
    }
  });

  it("forgets runs and keeps statistics: hundreds of runs, few of them kept", () => {
    const changes: Change[] = [];
    const live = open({ limits: { records: 500, open: 200 } }, changes);
    const text = read("autogen@0.7.5/orders-unknown-tool+native/traces.jsonl").toString();
    const ids = [...new Set([...text.matchAll(/"traceId": ?"([0-9a-f]{32})"/g)].map(([, id]) => id!))];
    let failures = 0;
    for (let run = 0; run < 200; run++) {
      clock += 10;
      const own = ids
        .reduce((all, id, n) => all.replaceAll(id, `${n}${run}`.padStart(32, "a")), text)
        .replaceAll("call_v1", `call_v1_${run}`);
      for (const line of own.trimEnd().split("\n"))
        live.otlp({ signal: "traces", encoding: "json", bytes: new TextEncoder().encode(line) });
      failures++;
      if (run % 100 === 0) live.judge();
    }
    expect(live.openRuns).toBeLessThanOrEqual(200);
    const report = live.finish();
    expect(report.incidents.map(({ classifier }) => classifier)).toEqual(["registration/unknown-tool"]);
    expect(report.incidents[0]!.count).toBe(failures);
    expect(report.sources.map(({ spans }) => spans)).toEqual([200 * (text.match(/"startTimeUnixNano"/g)?.length ?? 0)]);
    expect(report.incidents[0]!.runs.length).toBeLessThanOrEqual(100);
  });

  it("follows binary OTLP in bounded memory: an epoch ends between two frames, wherever the blocks do", () => {
    const text = read("autogen@0.7.5/orders-unknown-tool+native/traces.jsonl").toString().trimEnd();
    const ids = [...new Set([...text.matchAll(/"traceId": ?"([0-9a-f]{32})"/g)].map(([, id]) => id!))];
    const frames = Array.from({ length: 60 }, (_, run) => {
      const own = ids
        .reduce((all, id, n) => all.replaceAll(id, `${n}${run}`.padStart(32, "a")), text)
        .replaceAll("call_v1", `call_v1_${run}`);
      const all = own.split("\n").flatMap((line) => (JSON.parse(line) as { resourceSpans: unknown[] }).resourceSpans);
      return frameOf({ encoding: "json", bytes: Buffer.from(JSON.stringify({ resourceSpans: all })) })!;
    });
    const bytes = Buffer.concat(frames);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.boolean(), (step, isTold) => {
        const live = open({ limits: { bytes: 4 * frames[0]!.length } });
        const source = live.source("spans.pb", isTold ? "otlp-proto" : undefined);
        for (let at = 0; at < bytes.length; at += step) source.push(bytes.subarray(at, at + step));
        live.judge();
        const report = live.finish();
        expect(report.incidents.map(({ classifier, count }) => [classifier, count])).toEqual([
          ["registration/unknown-tool", 60],
        ]);
        expect(report.coverage.dropped).toEqual({});
        expect(report.sources).toMatchObject([{ name: "spans.pb", bytes: bytes.length }]);
      }),
      { numRuns: 6 },
    );
  });

  it("counts a request that is sent again once", async () => {
    const name = "autogen@0.7.5/orders-enum-refused+openinference/traces.jsonl";
    const live = open();
    for (const line of read(name).toString().trimEnd().split("\n")) {
      const batch = { signal: "traces", encoding: "json", bytes: new TextEncoder().encode(line) } as const;
      live.otlp(batch);
      live.otlp(batch);
    }
    const report = live.finish();
    expect(essence(report)).toEqual(essence(await diagnose(read(name), { name: "otlp" })));
    expect(report.coverage.dropped["span received twice"]).toBe(report.coverage.spans);
  });
});
