import type { RunView } from "../../compare-tools.ts";

/** What all runs with a failure have and not every other run: `all 3 runs: agent planner`. */
export function sharedBy(failing: readonly RunView[], all: readonly RunView[]): string[] {
  if (failing.length < 2) return [];
  const others = all.filter((run) => !failing.includes(run));
  const found: string[] = [];
  for (const [name, values] of TRAITS) {
    const [first, ...rest] = failing.map(values);
    const common = (first ?? []).filter((value) => rest.every((some) => some.includes(value)));
    for (const value of common) {
      const elsewhere = others.filter((run) => values(run).includes(value)).length;
      if (others.length > 0 && elsewhere === others.length) continue;
      found.push(
        `all ${failing.length} runs: ${name} ${value}${others.length > 0 ? ` (${elsewhere} of ${others.length} others)` : ""}`,
      );
    }
  }
  return found.slice(0, 12);
}

const TRAITS: readonly (readonly [string, (run: RunView) => string[]])[] = [
  ["agent", ({ agents }) => agents],
  ["model", ({ models }) => models],
  ["framework", ({ framework }) => (framework === null ? [] : [framework])],
  ["tool", ({ calls }) => [...new Set(calls.flatMap(({ tool }) => tool ?? []))]],
];
