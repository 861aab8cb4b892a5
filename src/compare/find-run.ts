import type { Judged, JudgedRun } from "./judged.ts";
import { namesOf } from "./places.ts";

/** What a word names: a run, or what it might have meant. */
export type Found = { run: JudgedRun; call: string | null } | { among: string[] };

const SHORTEST = 4;

/** Finds the run by its id, a trace, conversation or call id, or an incident's; whole, or by the start of it where that is one run's. */
export function findRun(word: string, { runs, incidents }: Judged): Found {
  const known = runs.flatMap((run) => idsOf(run).map(({ id, call }) => ({ id, call, run })));
  const whole = known.find(({ id }) => id === word);
  if (whole !== undefined) return whole;
  const incident = incidents.get(word);
  const seen = incident && runs.find(({ causes, recovered }) => causes.has(word) || recovered.has(word));
  if (seen !== undefined)
    return { run: seen, call: seen.calls.find(({ causes }) => causes.has(word))?.call.key ?? null };
  if (word.length < SHORTEST) return { among: [] };
  const starts = known.filter(({ id }) => id.startsWith(word));
  const distinct = new Set(starts.map(({ run }) => run));
  if (distinct.size === 1) return starts[0]!;
  return { among: [...new Set(starts.map(({ id }) => id))].slice(0, 10) };
}

function idsOf(judged: JudgedRun): { id: string; call: string | null }[] {
  const names = judged.run === null ? [judged.id] : [...namesOf(judged.run)];
  return [
    ...names.map((id) => ({ id, call: null })),
    ...judged.calls.flatMap(({ call }) => [call.key, call.id ?? call.key].map((id) => ({ id, call: call.key }))),
  ];
}
