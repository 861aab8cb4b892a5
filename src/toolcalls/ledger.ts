import type { Run, ToolCall } from "../records/call.ts";
import type { Fact } from "../records/fact.ts";
import type { RunDraft } from "./draft.ts";
import { finishCall, finishRun, schemasOf } from "./finish.ts";
import { mergeCalls, mergeRuns } from "./merge.ts";
import { inOrder } from "./order.ts";
import { createPartition, LOOSE } from "./partition.ts";
import type { Partition } from "./partition.ts";

/** Joins facts, in whatever order they come, into calls and runs. */
export interface Ledger {
  add(fact: Fact): void;
  calls(): ToolCall[];
  runs(): Run[];
  /** Drops all but the newest facts; returns how many were dropped. */
  forget(keep: number): number;
}

export function createLedger(): Ledger {
  let facts: Fact[] = [];
  let built: Built | null = null;
  const build = (): Built => (built ??= assemble(facts));

  return {
    add(fact) {
      facts.push(fact);
      built = null;
    },
    calls: () => build().calls,
    runs: () => build().runs,
    forget(keep) {
      const dropped = Math.max(0, facts.length - keep);
      if (dropped > 0) {
        facts = facts.slice(dropped);
        built = null;
      }
      return dropped;
    },
  };
}

interface Built {
  calls: ToolCall[];
  runs: Run[];
}

function assemble(facts: readonly Fact[]): Built {
  const partitions = new Map<string, Partition>();
  for (const fact of inOrder(facts)) {
    const [rank, name] = belongsTo(fact);
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
  const calls = drafts.map((draft, n) => finishCall(draft, stands.get(draft.run)!, schemas, n));
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

/** The best name that telemetry gives the run: trace, run, conversation, else where it was read. */
function belongsTo({ scope }: Fact): [rank: number, name: string] {
  if (scope.traceId !== null) return [0, scope.traceId];
  if (scope.run !== null) return [1, scope.run];
  if (scope.conversation !== null) return [2, scope.conversation];
  return [LOOSE, scope.stream === null ? scope.source : `${scope.source} ${scope.stream}`];
}

function withFirst(run: RunDraft, parts: RunDraft[]): RunDraft[] {
  return [run, ...parts.filter((part) => part !== run)];
}
