import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Incident } from "../../index.ts";
import type { RunView } from "../../compare-tools.ts";
import { emptySnapshot, NOTHING } from "../feed/empty.ts";
import { createMirror } from "../feed/mirror.ts";
import { brief } from "./brief.ts";
import type { ToEngine, Update } from "./messages.ts";
import { createOutbox } from "./outbox.ts";

const incident = ({ id, count }: { id: number; count: number }): Incident =>
  ({
    id: `i${id}`,
    count,
    last: null,
    severity: "error",
    modifiers: [],
    causedBy: null,
    consequences: [],
    evidence: Array.from({ length: id * 20 }, (_, line) => ({ line })),
    runs: [],
    agents: [],
    models: [],
    call: null,
    title: "t",
    cause: "c",
    fix: { summary: "s" },
  }) as unknown as Incident;

const run = ({ id, count }: { id: number; count: number }): RunView =>
  ({
    id: `r${id}`,
    durationMs: count,
    spans: [{ name: "s" }],
    calls: [{ argumentsRaw: "x".repeat(2000), schema: {}, violations: [], results: [], errors: [] }],
  }) as unknown as RunView;

const things = fc.uniqueArray(fc.record({ id: fc.nat(30), count: fc.nat(3) }), { selector: ({ id }) => id });

function connected() {
  const updates: Update[] = [];
  const asked: ToEngine[] = [];
  const outbox = createOutbox((update) => updates.push(structuredClone(update)));
  const mirror = createMirror(NOTHING, (message) => asked.push(message));
  /** Takes one part, as the screen does; gives it. */
  function step(): Update {
    const update = updates.shift()!;
    mirror.take(update);
    outbox.got();
    return update;
  }
  return { outbox, mirror, asked, step };
}

const headOf = (incidents: readonly Incident[]) => {
  const { incidents: _, ...report } = emptySnapshot(
    { count: 0, at: () => ({}) as never, find: () => -1 },
    {} as never,
  ).report;
  return { report, order: incidents.map(({ id }) => id), arrived: [], openRuns: 0 };
};

describe("what the engine sends", () => {
  it("makes the same report and runs on the side of the screen, whatever changes, comes and goes", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ incidents: things, runs: fc.option(things) })), (looks) => {
        const { outbox, mirror, step } = connected();
        let lastRuns: RunView[] = [];
        for (const look of looks) {
          const incidents = look.incidents.map(incident);
          const runs = look.runs?.map(run) ?? null;
          outbox.put({ head: headOf(incidents), incidents, times: new Map([["i1", [1, 2]]]), runs });
          while (outbox.isBusy) {
            const { incidents: some } = step();
            // one part is small, but for what is large alone
            if (some.length > 1) expect(some.reduce((n, [one]) => n + one.evidence.length, 0)).toBeLessThan(600);
          }
          lastRuns = runs ?? lastRuns;
          expect(mirror.seen().report.incidents).toEqual(incidents);
          expect(mirror.seen().runs()).toEqual(lastRuns.map(brief));
        }
      }),
      { numRuns: 100 },
    );
  });

  it("sends again only what changed, and is shown only when it is whole", () => {
    const { outbox, mirror, step } = connected();
    const many = Array.from({ length: 30 }, (_, id) => incident({ id, count: 1 }));
    outbox.put({ head: headOf(many), incidents: many, times: new Map(), runs: null });
    step();
    expect(mirror.seen().report.incidents).toEqual([]);
    while (outbox.isBusy) step();
    expect(mirror.seen().report.incidents).toHaveLength(30);
    const next = many.map((one, n) => (n === 7 ? { ...one, count: 2 } : one));
    outbox.put({ head: headOf(next), incidents: next, times: new Map(), runs: null });
    expect(step().incidents.map(([{ id }]) => id)).toEqual(["i7"]);
    expect(outbox.isBusy).toBe(false);
  });

  it("is asked for a whole run once, and again when the run changed", () => {
    const { outbox, mirror, asked, step } = connected();
    const put = (count: number): void => {
      outbox.put({ head: null, incidents: [], times: new Map(), runs: [run({ id: 1, count })] });
      while (outbox.isBusy) step();
    };
    put(1);
    expect(mirror.seen().run("r1")).toBeNull();
    expect(mirror.seen().run("r1")).toBeNull();
    const wanted = () => asked.filter(({ type }) => type === "want-run");
    expect(wanted()).toEqual([{ type: "want-run", id: "r1" }]);
    mirror.takeRun("r1", run({ id: 1, count: 1 }));
    expect(mirror.seen().run("r1")?.spans).toHaveLength(1);
    expect(mirror.seen().run("r2")).toBeUndefined();
    put(2);
    expect(mirror.seen().run("r1")?.durationMs).toBe(1);
    expect(wanted()).toHaveLength(2);
  });
});
