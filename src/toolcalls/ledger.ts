import type { Run, ToolCall } from "../records/call.ts";
import type { Scope } from "../records/evidence.ts";
import type { Fact } from "../records/fact.ts";
import type { RunDraft } from "./draft.ts";
import { finishCall, finishRun, schemasOf } from "./finish.ts";
import { mergeCalls, mergeRuns } from "./merge.ts";
import { inOrder } from "./order.ts";
import { createPartition, LOOSE } from "./partition.ts";
import type { Partition } from "./partition.ts";
import { createSharing } from "./share-messages.ts";
import { weightOf } from "./weight.ts";

/** Joins facts, in whatever order they come, into calls and runs. */
export interface Ledger {
  add(fact: Fact): void;
  calls(): ToolCall[];
  runs(): Run[];
  /** About how many bytes its facts keep. */
  readonly weight: number;
  /** Takes out the runs that got no fact while the newer half came: they are over. Facts that name no run stay. */
  takeOver(): Over;
  /** Drops all but the newest facts; returns how many were dropped. */
  forget(keep: number): number;
  readonly size: number;
}

/** Runs that are over. */
export interface Over {
  ledger: Pick<Ledger, "calls" | "runs">;
  has(scope: Scope): boolean;
  readonly traceIds: ReadonlySet<string>;
}

export function createLedger(): Ledger {
  const share = createSharing();
  let facts: Fact[] = [];
  let weights: number[] = [];
  let weight = 0;
  let built: Built | null = null;
  const build = (): Built => (built ??= assemble(facts));

  function keep(isKept: (n: number) => boolean): void {
    const kept = weights.map((_, n) => n).filter(isKept);
    facts = kept.map((n) => facts[n]!);
    weights = kept.map((n) => weights[n]!);
    weight = weights.reduce((sum, own) => sum + own, 0);
    built = null;
  }

  return {
    add(given) {
      const shared = given.kind === "asked" ? share(keyOf(given.scope), given.messages) : null;
      const fact = shared === null ? given : ({ ...given, messages: shared.messages } as Fact);
      const own = weightOf(fact, shared?.fresh ?? 0);
      facts.push(fact);
      weights.push(own);
      weight += own;
      built = null;
    },
    calls: () => build().calls,
    runs: () => build().runs,
    get weight() {
      return weight;
    },
    get size() {
      return facts.length;
    },
    takeOver() {
      let newest = facts.length;
      for (let left = weight / 2; newest > 0 && left > 0; newest--) left -= weights[newest - 1]!;
      const open = new Set(facts.slice(newest).map(({ scope }) => keyOf(scope)));
      const over = facts.filter(({ scope }) => isNamed(scope) && !open.has(keyOf(scope)));
      const keys = new Set(over.map(({ scope }) => keyOf(scope)));
      keep((n) => !keys.has(keyOf(facts[n]!.scope)));
      let own: Built | null = null;
      const judged = (): Built => (own ??= assemble(over));
      return {
        ledger: { calls: () => judged().calls, runs: () => judged().runs },
        has: (scope) => keys.has(keyOf(scope)),
        traceIds: new Set(over.flatMap(({ scope }) => scope.traceId ?? [])),
      };
    },
    forget(most) {
      const dropped = Math.max(0, facts.length - most);
      if (dropped > 0) keep((n) => n >= dropped);
      return dropped;
    },
  };
}

function keyOf(scope: Scope): string {
  const [rank, name] = belongsTo(scope);
  return `${rank} ${name}`;
}

function isNamed(scope: Scope): boolean {
  return belongsTo(scope)[0] !== LOOSE;
}

interface Built {
  calls: ToolCall[];
  runs: Run[];
}

function assemble(facts: readonly Fact[]): Built {
  const partitions = new Map<string, Partition>();
  for (const fact of inOrder(facts)) {
    const [rank, name] = belongsTo(fact.scope);
    const key = `${rank} ${name}`;
    let partition = partitions.get(key);
    if (partition === undefined) partitions.set(key, (partition = createPartition(name, rank)));
    partition.take(fact);
  }
  const sorted = [...partitions].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, partition]) => partition);
  for (const partition of sorted) partition.settle();
  const drafts = mergeCalls(sorted);
  const stands = mergeRuns(sorted, drafts);
  const schemas = schemasOf(sorted.flatMap(({ runs }) => runs.flatMap(({ defined }) => defined)));
  const shared = sharedIds(drafts);
  const calls = drafts.map((draft, n) =>
    finishCall(draft, stands.get(draft.run)!, schemas, n, shared.has(draft.id ?? "")),
  );
  const callsOf = Map.groupBy(calls, ({ run }) => run);
  const parts = Map.groupBy(stands, ([, run]) => run);
  const runs = [...parts].map(([run, members]) =>
    finishRun(
      run,
      withFirst(
        run,
        members.map(([part]) => part),
      ),
      callsOf.get(run.key) ?? [],
    ),
  );
  return { calls, runs };
}

function sharedIds(drafts: readonly { id: string | null }[]): Set<string> {
  const [seen, shared] = [new Set<string>(), new Set<string>()];
  for (const { id } of drafts) if (id !== null) (seen.has(id) ? shared : seen).add(id);
  return shared;
}

/** The best name that telemetry gives the run: trace, run, conversation, else where it was read. */
function belongsTo(scope: Scope): [rank: number, name: string] {
  if (scope.traceId !== null) return [0, scope.traceId];
  if (scope.run !== null) return [1, scope.run];
  if (scope.conversation !== null) return [2, scope.conversation];
  return [LOOSE, scope.stream === null ? scope.source : `${scope.source} ${scope.stream}`];
}

function withFirst(run: RunDraft, parts: RunDraft[]): RunDraft[] {
  return [run, ...parts.filter((part) => part !== run)];
}
