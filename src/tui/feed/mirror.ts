import type { Incident, Report } from "../../index.ts";
import type { RunView } from "../../compare-tools.ts";
import type { Head, ToEngine, Update } from "../engine/messages.ts";
import type { Snapshot } from "./snapshot.ts";

/** What the engine told so far, put together again on the side of the screen. */
export interface Mirror {
  /** True: it is whole, and can be shown. */
  take(update: Update): boolean;
  takeRun(id: string, run: RunView | null): void;
  seen(): Pick<Snapshot, "data" | "report" | "times" | "runs" | "run" | "arrived">;
  readonly openRuns: number;
}

/** Whole runs that are kept. */
const MOST_WHOLE = 8;
/** The engine forgets after a while that the runs are looked at. */
const WANT_MS = 1_000;

export function createMirror(nothing: Report, send: (message: ToEngine) => void): Mirror {
  let parts: Update[] = [];
  let head: Head | null = null;
  let incidents = new Map<string, Incident>();
  let times = new Map<string, Float64Array>();
  let briefs = new Map<string, RunView>();
  let report = nothing;
  let runs: readonly RunView[] = [];
  let arrived: ReadonlySet<string> = new Set();
  let data = 0;
  let wantedAt = -Infinity;
  const whole = new Map<string, RunView | null>();
  /** Whole runs that were asked for, as they were in brief at that time. */
  const asked = new Map<string, RunView>();

  function commit(): void {
    const order = parts.find((part) => part.head !== null)?.head?.order ?? null;
    if (order !== null) {
      const changed = new Map(parts.flatMap((part) => part.incidents).map((one) => [one[0].id, one]));
      incidents = kept(order, (id) => changed.get(id)?.[0] ?? incidents.get(id));
      times = kept(order, (id) => changed.get(id)?.[1] ?? times.get(id));
      head = parts[0]!.head!;
      report = { ...head.report, incidents: [...incidents.values()] };
      arrived = new Set(head.arrived);
    }
    const runOrder = parts[0]!.runOrder;
    if (runOrder !== null) {
      const changed = new Map(parts.flatMap((part) => part.runs).map((run) => [run.id, run]));
      briefs = kept(runOrder, (id) => changed.get(id) ?? briefs.get(id));
      runs = [...briefs.values()];
    }
    parts = [];
    data++;
  }

  function wantRuns(): readonly RunView[] {
    const now = performance.now();
    if (now - wantedAt > WANT_MS) send({ type: "want-runs" });
    if (now - wantedAt > WANT_MS) wantedAt = now;
    return runs;
  }

  return {
    take(update) {
      parts.push(update);
      if (update.isLast) commit();
      return update.isLast;
    },
    takeRun(id, run) {
      whole.delete(id);
      whole.set(id, run);
      if (whole.size > MOST_WHOLE) whole.delete(whole.keys().next().value!);
      data++;
    },
    seen: () => ({ data, report, times, runs: wantRuns, run: wholeOf, arrived }),
    get openRuns() {
      return head?.openRuns ?? 0;
    },
  };

  function wholeOf(subject: string): RunView | null | undefined {
    wantRuns();
    const one = briefs.get(subject) ?? runs.find(({ id }) => id.includes(subject));
    if (one === undefined) return data === 0 || briefs.size === 0 ? null : undefined;
    if (asked.get(one.id) !== one) {
      asked.set(one.id, one);
      send({ type: "want-run", id: one.id });
    }
    // until it comes again as it is now, it is shown as it was
    return whole.get(one.id) ?? null;
  }
}

function kept<T>(order: readonly string[], of: (id: string) => T | undefined): Map<string, T> {
  const all = new Map<string, T>();
  for (const id of order) {
    const one = of(id);
    if (one !== undefined) all.set(id, one);
  }
  return all;
}
