import { outcomeOf } from "../detectors/outcome.ts";
import type { ToolCall } from "../records/call.ts";
import type { JudgedRun } from "./judged.ts";
import { runFailed } from "./judged.ts";

/** One step of a run: a tool and how its call went. */
export interface Step {
  tool: string;
  outcome: "ok" | "failed" | "masked" | "unknown";
}

/** Two runs side by side. A row has both where they call the same tool, else one; `same` when it also went the same. */
export interface Alignment {
  failing: string;
  healthy: string;
  rows: { failing: Step | null; healthy: Step | null; same: boolean }[];
  /** Index of the first row in which they differ; null when they do the same. */
  first: number | null;
}

const LONGEST = 200;
/** Runs that are looked at, and calls of each. */
const MOST = { failing: 20, healthy: 100, steps: 100 };

/** The failing run and the healthy one whose calls are most alike, so that the difference is small; null when there is no such pair. */
export function alignRuns(runs: readonly JudgedRun[]): Alignment | null {
  const told = runs.filter(({ calls }) => calls.length > 0);
  const failing = told.filter(runFailed).slice(0, MOST.failing).map(withTools);
  const healthy = told
    .filter((run) => !runFailed(run))
    .slice(0, MOST.healthy)
    .map(withTools);
  let best: [JudgedRun, JudgedRun] | null = null;
  let most = -1;
  for (const one of failing) {
    for (const other of healthy) {
      const likeness = (2 * commonOf(one.tools, other.tools)[0]![0]!) / (one.tools.length + other.tools.length);
      if (likeness > most) [best, most] = [[one.run, other.run], likeness];
    }
  }
  if (best === null) return null;
  const rows = align(stepsOf(best[0]), stepsOf(best[1]));
  const first = rows.findIndex(({ same }) => !same);
  return { failing: best[0].id, healthy: best[1].id, rows, first: first < 0 ? null : first };
}

function withTools(run: JudgedRun): { run: JudgedRun; tools: string[] } {
  return {
    run,
    tools: stepsOf(run)
      .slice(0, MOST.steps)
      .map(({ tool }) => tool),
  };
}

function stepsOf({ calls }: JudgedRun): Step[] {
  return inTime(calls.map(({ call }) => call))
    .slice(0, LONGEST)
    .map((call) => ({ tool: call.tool ?? "?", outcome: outcomeOf(call) }));
}

function inTime(calls: readonly ToolCall[]): ToolCall[] {
  if (calls.some(({ time }) => time === null)) return [...calls];
  return calls.toSorted((a, b) => (a.time! < b.time! ? -1 : a.time! > b.time! ? 1 : 0));
}

/** The longest common subsequence, of steps with the same tool and outcome. */
export function align(a: readonly Step[], b: readonly Step[]): Alignment["rows"] {
  const [one, two] = [a.map(keyOf), b.map(keyOf)];
  const table = commonOf(one, two);
  const rows: Alignment["rows"] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && one[i] === two[j])
      rows.push({ failing: a[i++]!, healthy: b[j++]!, same: true });
    else if (j >= b.length || (i < a.length && table[i + 1]![j]! >= table[i]![j + 1]!))
      rows.push({ failing: a[i++]!, healthy: null, same: false });
    else rows.push({ failing: null, healthy: b[j++]!, same: false });
  }
  return besideEachOther(rows);
}

/** A call that failed here and went well there stands in one row. */
function besideEachOther(rows: Alignment["rows"]): Alignment["rows"] {
  const joined: Alignment["rows"] = [];
  for (const row of rows) {
    const last = joined.at(-1);
    const isPair = last?.healthy === null && row.failing === null && last.failing?.tool === row.healthy?.tool;
    if (isPair) joined[joined.length - 1] = { failing: last.failing, healthy: row.healthy, same: false };
    else joined.push(row);
  }
  return joined;
}

function keyOf({ tool, outcome }: Step): string {
  return `${outcome} ${tool}`;
}

/** Lengths of the longest common subsequences of what is left from each pair of places on. */
function commonOf(a: readonly string[], b: readonly string[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () => Array.from(b, () => 0).concat(0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i]![j] = a[i] === b[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
  return table;
}
