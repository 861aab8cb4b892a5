import type { ToolCall, Turn } from "../records/call.ts";
import type { Evidence, Scope } from "../records/evidence.ts";
import type { Fact } from "../records/fact.ts";
import type { ToolDefinition } from "../records/records.ts";

/** A tool call while its facts come in. */
export interface Draft {
  id: string | null;
  tool: string | null;
  argumentsRaw: string | null;
  /** Only the parsed object was recorded: `argumentsRaw` is its JSON, not what the model wrote. */
  reparsed: boolean;
  scope: Scope;
  time: bigint | null;
  run: RunDraft;
  turn: TurnDraft | null;
  offered: ToolDefinition[] | null;
  /** Seen as the model's answer; a call that only a history shows is not. */
  requests: Extract<Fact, { kind: "requested" }>[];
  inHistory: Evidence | null;
  stages: StageFact[];
  executions: ToolCall["executions"];
  results: ToolCall["results"];
  /** Where a later request has the call, but no result of it. */
  missingIn: Evidence | null;
  /** Kinds of facts without an id that were already given to this call, by channel. */
  filled: Set<string>;
  /** Kinds of facts that named this call by its id, by channel. */
  told: Set<string>;
  sources: Set<string>;
  /** Runs that tell of the call, once the same call of several sources is one. */
  seenIn: Set<RunDraft>;
}

export type StageFact = Extract<Fact, { kind: "parsed" | "looked-up" | "validated" }>;

export interface TurnDraft extends Turn {
  run: RunDraft | null;
}

export interface RunDraft {
  key: string;
  /** How well the run is known: 0 trace, 1 run id, 2 conversation, 3 its source alone, where histories tell runs apart. */
  rank: number;
  scope: Scope;
  start: bigint | null;
  end: bigint | null;
  turns: TurnDraft[];
  /** Number of calls. */
  calls: number;
  ended: { outcome: "ok" | "failed" | "stopped"; reason: string | null; evidence: Evidence } | null;
  /** All definitions of tools that were seen. */
  defined: ToolDefinition[][];
  /** What each agent was offered last; under null, what was offered last to any. */
  offers: Map<string | null, ToolDefinition[]>;
  /** What each agent has, as its own span says; under null, what all of them have together. */
  equipped: Map<string | null, ToolDefinition[]>;
}

export function newRun(key: string, rank: number, scope: Scope): RunDraft {
  const maps = { offers: new Map(), equipped: new Map() };
  return { key, rank, scope, start: null, end: null, turns: [], calls: 0, ended: null, defined: [], ...maps };
}

export function newDraft(
  run: RunDraft,
  { scope, time, evidence }: Fact,
  id: string | null,
  tool: string | null,
  argumentsRaw: string | null,
): Draft {
  run.calls++;
  const lists = {
    requests: [],
    stages: [],
    executions: [],
    results: [],
    filled: new Set<string>(),
    told: new Set<string>(),
    sources: new Set([evidence.source]),
    seenIn: new Set([run]),
  };
  return {
    id,
    tool,
    argumentsRaw,
    reparsed: false,
    scope,
    time,
    run,
    turn: null,
    offered: null,
    inHistory: null,
    missingIn: null,
    ...lists,
  };
}

export function newTurn({ scope, time, evidence }: Fact): TurnDraft {
  return { scope, time, evidence, offered: null, messages: null, answer: null, error: null, options: {}, run: null };
}

/** What was offered to an agent last, else what it has; null where neither is known. */
export function offersTo({ offers, equipped }: RunDraft, agent: string | null): ToolDefinition[] | null {
  return offers.get(agent) ?? (offers.size > 0 ? null : (equipped.get(agent) ?? equipped.get(null) ?? null));
}

/** Notes what an agent has. */
export function equip({ equipped }: RunDraft, agent: string | null, tools: ToolDefinition[]): void {
  const others = equipped.get(null) ?? [];
  if (agent !== null) equipped.set(agent, tools);
  equipped.set(null, [...others, ...tools.filter(({ name }) => !others.some((other) => other.name === name))]);
}

/** Widens the run's times and learns its scope. */
export function touch(run: RunDraft, { time, scope }: Fact): void {
  if (time !== null && (run.start === null || time < run.start)) run.start = time;
  if (time !== null && (run.end === null || time > run.end)) run.end = time;
  run.scope = fuller(run.scope, scope);
}

/** The first scope, its gaps filled from the second. */
export function fuller(a: Scope, b: Scope): Scope {
  if (a === b) return a;
  let merged = a;
  for (const key of Object.keys(b) as (keyof Scope)[]) {
    if (a[key] !== null || b[key] === null) continue;
    if (merged === a) merged = { ...a };
    merged[key] = b[key] as never;
  }
  return merged;
}

/** An id that frameworks count up anew in each answer or conversation: it tells calls apart only where it was seen. */
export function isWeakId(id: string): boolean {
  return id.length < 4 || /^(?:[a-z]{1,12}[_-]?)?\d{1,4}$/i.test(id) || /:\d{1,3}$/.test(id);
}
