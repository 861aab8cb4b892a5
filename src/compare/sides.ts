import { runFailed, type JudgedRun } from "./judged.ts";
import type { Traits } from "./traits.ts";
import { runUnits } from "./units.ts";

/** The runs of one side, counted: how many, and in how many runs and calls each incident was seen. */
export interface Side {
  name: string;
  runs: number;
  failedRuns: number;
  calls: number;
  failedCalls: number;
  byRun: Map<string, number>;
  byCall: Map<string, number>;
}

export function sideOf(name: string, runs: readonly JudgedRun[]): Side {
  const calls = runs.flatMap((run) => run.calls);
  const side: Side = {
    name,
    runs: runs.length,
    failedRuns: runs.filter(runFailed).length,
    calls: calls.length,
    failedCalls: calls.filter(({ failed }) => failed).length,
    byRun: new Map(),
    byCall: new Map(),
  };
  for (const { causes, recovered } of runs)
    for (const id of new Set([...causes, ...recovered])) side.byRun.set(id, (side.byRun.get(id) ?? 0) + 1);
  for (const { causes } of calls) for (const id of causes) side.byCall.set(id, (side.byCall.get(id) ?? 0) + 1);
  return side;
}

const MOST_VALUES = 12;

/** Pairs of sides: of two values the one against the other, of more each against the rest. Runs without the attribute are left out. */
export function sidesBy(attribute: string, runs: readonly JudgedRun[], traits: Traits): [Side, Side][] {
  const units = runUnits(runs, traits);
  const values = new Map<string, JudgedRun[]>();
  for (const [n, { texts, numbers }] of units.entries()) {
    const number = numbers.get(attribute);
    const own = texts.get(attribute) ?? (number === undefined ? [] : [String(number)]);
    for (const value of own) {
      const known = values.get(value);
      if (known === undefined) values.set(value, [runs[n]!]);
      else known.push(runs[n]!);
    }
  }
  const sorted = [...values].toSorted(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
  if (sorted.length < 2 || sorted.length > MOST_VALUES) return [];
  const side = ([value, own]: [string, JudgedRun[]]): Side => sideOf(`${attribute} = ${value}`, own);
  if (sorted.length === 2) return [[side(sorted[0]!), side(sorted[1]!)]];
  return sorted.map(([value, own]): [Side, Side] => {
    const mine = new Set(own);
    const others = new Set(sorted.flatMap(([, runsOf]) => runsOf).filter((run) => !mine.has(run)));
    return [sideOf(`${attribute}, all others`, [...others]), side([value, own])];
  });
}

/** Attributes that `--by` may name, those with few values first: for the message when it names another. */
export function attributesOf(runs: readonly JudgedRun[], traits: Traits): string[] {
  const values = new Map<string, Set<string>>();
  for (const { texts } of runUnits(runs, traits))
    for (const [attribute, own] of texts) {
      const all = values.get(attribute) ?? new Set<string>();
      values.set(attribute, all);
      for (const value of own) all.add(value);
    }
  return [...values]
    .filter(([, { size }]) => size > 1 && size <= MOST_VALUES)
    .sort(([, a], [, b]) => a.size - b.size)
    .map(([attribute]) => attribute);
}
