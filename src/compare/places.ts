import type { Run, ToolCall } from "../records/call.ts";
import type { Evidence } from "../records/evidence.ts";
import type { Finding } from "../records/finding.ts";

/** Which run, and which call, a finding is about: by call id, trace, run or conversation, else by where it stands in its source. */
export interface Places {
  of(finding: Finding): { run: string; call: ToolCall | null };
}

export function createPlaces(runs: readonly Run[]): Places {
  const calls = new Map<string, ToolCall[]>();
  const byName = new Map<string, string>();
  const bySource = new Map<string, { line: number; run: string }[]>();
  for (const run of runs) {
    for (const name of namesOf(run)) if (!byName.has(name)) byName.set(name, run.id);
    for (const call of run.calls) for (const key of new Set([call.id ?? call.key, call.key])) push(calls, key, call);
    for (const [source, line] of startsOf(run)) push(bySource, source, { line, run: run.id });
  }
  for (const starts of bySource.values()) starts.sort((a, b) => a.line - b.line);

  function callOf({ callId, callKey, scope }: Finding): ToolCall | null {
    const name = callKey ?? callId;
    const known = name === null ? [] : (calls.get(name) ?? []);
    const near = known.find(
      (call) => (scope.traceId !== null && call.scope.traceId === scope.traceId) || call.run === scope.run,
    );
    return near ?? known.find((call) => call.scope.source === scope.source) ?? known[0] ?? null;
  }

  function runOf({ scope, evidence }: Finding): string {
    for (const name of [scope.traceId, scope.run, scope.conversation]) {
      const run = name === null ? undefined : byName.get(name);
      if (run !== undefined) return run;
    }
    const starts = bySource.get(scope.source) ?? [];
    const line = evidence[0]?.line ?? 0;
    return (starts.findLast((start) => start.line <= line) ?? starts[0])?.run ?? scope.traceId ?? scope.source;
  }

  return {
    of(finding) {
      const call = callOf(finding);
      return { run: call?.run ?? runOf(finding), call };
    },
  };
}

/** Traces, runs and conversations that the run goes by. */
export function namesOf(run: Run): Set<string> {
  const scopes = [run.scope, ...run.calls.map(({ scope }) => scope), ...run.turns.map(({ scope }) => scope)];
  const ran = run.calls.flatMap(({ executions }) => executions.map(({ evidence }) => evidence.traceId));
  const names = [run.id, ...ran, ...scopes.flatMap((scope) => [scope.traceId, scope.run, scope.conversation])];
  return new Set(names.filter((name) => name !== null));
}

/** The first line of the run in each source that has lines. */
function startsOf(run: Run): Map<string, number> {
  const starts = new Map<string, number>();
  const see = ({ kind, source, line }: Evidence): void => {
    if (kind === "span" || line === null) return;
    if (line < (starts.get(source) ?? Infinity)) starts.set(source, line);
  };
  for (const { evidence } of run.turns) see(evidence);
  for (const { evidence } of run.calls) for (const one of Object.values(evidence)) see(one);
  return starts;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
