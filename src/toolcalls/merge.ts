import { argumentsKey, sameArguments } from "./arguments.ts";
import { fuller, isWeakId } from "./draft.ts";
import type { Draft, RunDraft } from "./draft.ts";
import type { Partition } from "./partition.ts";

/** Calls that several partitions tell of become one: a log, a trace and a proxy see the same call. */
export function mergeCalls(partitions: readonly Partition[]): Draft[] {
  const pools = new Map<string, Pool>();
  const kept: Draft[] = [];
  for (const [round, partition] of partitions.entries()) {
    for (const draft of partition.drafts) {
      const found = keysOf(draft).map((key) => poolAt(pools, key, round));
      const target = found.map((pool) => nextIn(pool, draft)).find((other) => other !== null) ?? draft;
      if (target === draft) kept.push(draft);
      else absorb(target, draft);
      for (const pool of found) {
        if (target === draft) pool.drafts.push(draft);
        pool.taken.add(target);
      }
    }
  }
  return kept;
}

/** Calls that may be the same. Those of one partition are told apart already: the k-th goes to the k-th of the others. */
interface Pool {
  drafts: Draft[];
  round: number;
  taken: Set<Draft>;
  from: number;
}

function poolAt(pools: Map<string, Pool>, key: string, round: number): Pool {
  let pool = pools.get(key);
  if (pool === undefined) pools.set(key, (pool = { drafts: [], round, taken: new Set(), from: 0 }));
  if (pool.round !== round) Object.assign(pool, { round, taken: new Set(), from: 0 });
  return pool;
}

function nextIn(pool: Pool, draft: Draft): Draft | null {
  while (pool.from < pool.drafts.length && pool.taken.has(pool.drafts[pool.from]!)) pool.from++;
  for (const other of pool.drafts.slice(pool.from, pool.from + NEAR))
    if (!pool.taken.has(other) && isSame(other, draft)) return other;
  return null;
}

const NEAR = 32;

function keysOf(draft: Draft): string[] {
  const args = argumentsKey(draft.argumentsRaw);
  const byContent = draft.tool !== null && args !== null ? [`content ${draft.tool}\n${args}`] : [];
  return draft.id === null ? byContent : [`id ${draft.id}`, ...byContent];
}

function isSame(a: Draft, b: Draft): boolean {
  if (a.tool !== null && b.tool !== null && a.tool !== b.tool) return false;
  if (!sameArguments(a.argumentsRaw, b.argumentsRaw) && !(a.reparsed || b.reparsed)) return false;
  const isOtherSource = ![...a.sources].some((source) => b.sources.has(source));
  if (a.id !== null && b.id !== null) {
    if (a.id !== b.id) return false;
    if (isOtherSource || !isWeakId(a.id)) return true;
    // two traces of one source that both ran a `call_1` tell of two calls
    const bothRan = a.executions.length > 0 && b.executions.length > 0;
    return !bothRan && (a.requests.length === 0 || b.requests.length === 0);
  }
  return isOtherSource;
}

function absorb(into: Draft, from: Draft): void {
  const isBetter = from.requests.length > 0 && (into.requests.length === 0 || from.run.rank < into.run.rank);
  if (isBetter || (into.requests.length === 0 && from.run.rank < into.run.rank)) into.run = from.run;
  into.scope = fuller(into.scope, from.scope);
  into.id ??= from.id;
  into.tool ??= from.tool;
  into.time ??= from.time;
  into.turn ??= from.turn;
  into.offered ??= from.offered;
  if (into.argumentsRaw === null || (into.reparsed && !from.reparsed && from.argumentsRaw !== null)) {
    into.argumentsRaw = from.argumentsRaw;
    into.reparsed = from.reparsed;
  }
  into.requests.push(...from.requests);
  into.inHistory ??= from.inHistory;
  into.stages.push(...from.stages);
  into.executions.push(...from.executions);
  for (const result of from.results) {
    const same = into.results.find(({ seenBy, content }) => seenBy === result.seenBy && content === result.content);
    if (same === undefined) into.results.push(result);
    else same.isError ??= result.isError;
  }
  into.missingIn ??= from.missingIn;
  for (const source of from.sources) into.sources.add(source);
  into.seenIn.add(from.run);
}

/**
 * Runs of different sources that share calls are one run: each less well known one goes to the better known one with
 * which it shares most. Returns for every run the one that stands for it.
 */
export function mergeRuns(partitions: readonly Partition[], drafts: readonly Draft[]): Map<RunDraft, RunDraft> {
  const shared = new Map<RunDraft, Map<RunDraft, number>>();
  for (const draft of drafts) {
    const runs = draft.seenIn.size < 2 ? [] : [...draft.seenIn].slice(0, 8);
    for (const a of runs) for (const b of runs) if (a !== b && a.rank >= b.rank) count(shared, a, b);
  }
  const order = partitions.flatMap(({ runs }) => runs);
  const place = new Map(order.map((run, n) => [run, n]));
  const stands = new Map<RunDraft, RunDraft>(order.map((run) => [run, run]));
  for (const [run, others] of shared) {
    const better = [...others].filter(
      ([other]) =>
        other.rank < run.rank || (place.get(other)! < place.get(run)! && other.scope.source !== run.scope.source),
    );
    const best = better.toSorted((a, b) => b[1] - a[1])[0];
    if (best !== undefined) stands.set(run, best[0]);
  }
  for (const run of order) {
    let target = run;
    for (let hops = 0; hops < 8 && stands.get(target) !== target; hops++) target = stands.get(target)!;
    stands.set(run, target);
  }
  return stands;
}

function count(shared: Map<RunDraft, Map<RunDraft, number>>, a: RunDraft, b: RunDraft): void {
  const others = shared.get(a) ?? new Map<RunDraft, number>();
  others.set(b, (others.get(b) ?? 0) + 1);
  shared.set(a, others);
}
