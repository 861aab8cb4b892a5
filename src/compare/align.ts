import { outcomeOf } from "../detectors/outcome.ts";
import type { ToolCall } from "../records/call.ts";
import type { JudgedRun } from "./judged.ts";
import { runFailed } from "./judged.ts";

/** One step of a run: a tool and how its call went. */
export interface Step {
  tool: string;
  outcome: "ok" | "failed" | "masked" | "unknown";
}

/** Two runs side by side. A row has both where they agree, else one. */
export interface Alignment {
  failing: string;
  healthy: string;
  rows: { failing: Step | null; healthy: Step | null }[];
  /** Index of the first row in which they differ; null when they do the same. */
  first: number | null;
}

const LONGEST = 200;
const MOST_CANDIDATES = 200;

/** The first failing run beside the healthy one whose calls are most like its own; null when there is no such pair. */
export function alignRuns(runs: readonly JudgedRun[]): Alignment | null {
  const told = runs.filter(({ calls }) => calls.length > 0);
  const failing = told.find(runFailed);
  const healthy = told.filter((run) => !runFailed(run)).slice(0, MOST_CANDIDATES);
  if (failing === undefined || healthy.length === 0) return null;
  const steps = stepsOf(failing);
  const tools = steps.map(({ tool }) => tool);
  let [best, most] = [healthy[0]!, -1];
  for (const run of healthy) {
    const other = stepsOf(run);
    const table = commonOf(tools, other.map(({ tool }) => tool));
    const likeness = (2 * table[0]![0]!) / (steps.length + other.length);
    if (likeness > most) [best, most] = [run, likeness];
  }
  const rows = align(steps, stepsOf(best));
  const first = rows.findIndex(({ failing: a, healthy: b }) => a === null || b === null);
  return { failing: failing.id, healthy: best.id, rows, first: first < 0 ? null : first };
}

export function stepsOf({ calls }: JudgedRun): Step[] {
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
    if (i < a.length && j < b.length && one[i] === two[j]) rows.push({ failing: a[i++]!, healthy: b[j++]! });
    else if (j >= b.length || (i < a.length && table[i + 1]![j]! >= table[i]![j + 1]!))
      rows.push({ failing: a[i++]!, healthy: null });
    else rows.push({ failing: null, healthy: b[j++]! });
  }
  return rows;
}

function keyOf({ tool, outcome }: Step): string {
  return `${outcome} ${tool}`;
}

/** Lengths of the longest common subsequences of what is left from each pair of places on. */
function commonOf(a: readonly string[], b: readonly string[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i]![j] = a[i] === b[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
  return table;
}
