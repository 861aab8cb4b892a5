import { alignRuns, type Alignment } from "./align.ts";
import { differencesOf, type Apart } from "./differences.ts";
import type { Judged, JudgedRun } from "./judged.ts";
import type { Traits } from "./traits.ts";
import { callUnits, runUnits } from "./units.ts";

/** Schema `misfire.differs/1`. */
export interface Differs {
  schema: "misfire.differs/1";
  runs: Apart;
  calls: Apart;
  sequence: Alignment | null;
}

/**
 * What sets failing runs and calls apart from healthy ones. With `wanted`, failing are those with one of these causes,
 * and what fails otherwise is left out.
 */
export function differsOf({ runs }: Judged, traits: Traits, wanted: ReadonlySet<string> | null = null): Differs {
  const chosen = wanted === null ? runs : runs.flatMap((run) => only(run, wanted));
  return {
    schema: "misfire.differs/1",
    runs: differencesOf(runUnits(chosen, traits)),
    calls: differencesOf(callUnits(chosen, traits)),
    sequence: alignRuns(chosen),
  };
}

function only(run: JudgedRun, wanted: ReadonlySet<string>): JudgedRun[] {
  const has = (causes: ReadonlySet<string>): boolean => [...causes].some((cause) => wanted.has(cause));
  const calls = run.calls.filter(({ causes, failed }) => !failed || has(causes));
  if (run.causes.size > 0 && !has(run.causes)) return [];
  return [{ ...run, calls }];
}
