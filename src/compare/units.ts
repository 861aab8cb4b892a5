import type { ToolCall, Turn } from "../records/call.ts";
import { loadsOf } from "../records/statistics/loads.ts";
import type { JudgedCall, JudgedRun } from "./judged.ts";
import { runFailed } from "./judged.ts";
import { namesOf } from "./places.ts";
import { MEASURES, NAMES } from "./trait-keys.ts";
import { merge, put, type Traits, type Values } from "./traits.ts";

/** A run or a call as the tests see it. */
export interface Unit extends Values {
  id: string;
  failed: boolean;
  causes: ReadonlySet<string>;
}

/** All runs, each with what is known of it from its spans, requests and calls. */
export function runUnits(runs: readonly JudgedRun[], traits: Traits): Unit[] {
  const loads = loadsByRun(runs);
  return runs.map((judged) => {
    const { id, run, causes } = judged;
    const unit: Unit = { id, failed: runFailed(judged), causes, texts: new Map(), numbers: new Map() };
    if (run === null) return unit;
    for (const name of namesOf(run)) {
      const own = traits.ofTrace(name);
      if (own !== null) merge(unit, own);
    }
    addScope(unit, run.scope);
    for (const { scope } of run.turns) addScope(unit, scope);
    for (const { tool } of run.calls) if (tool !== null) put(unit.texts, NAMES.tool, tool);
    const [first] = run.turns;
    if (first !== undefined) addTurn(unit, first, MEASURES.prompt);
    const load = loads.get(run);
    if (load !== undefined) unit.numbers.set(MEASURES.runsInFlight, load);
    return unit;
  });
}

/** All calls that the model asked for, each with what is known of it. */
export function callUnits(runs: readonly JudgedRun[], traits: Traits): Unit[] {
  const calls = runs.flatMap((run) => run.calls);
  const loads = loadsByCall(calls);
  return runs.flatMap(({ run, calls: own }) => {
    const turns = new Map(run?.turns.map((turn) => [placeOf(turn.evidence), turn]));
    return own.map((judged) => callUnit(judged, turns, traits, loads.get(judged.call)));
  });
}

function callUnit(
  { call, failed, causes }: JudgedCall,
  turns: Map<string, Turn>,
  traits: Traits,
  load: number | undefined,
): Unit {
  const unit: Unit = { id: call.key, failed, causes, texts: new Map(), numbers: new Map() };
  const asked = call.evidence.requested ?? null;
  const spans = [asked, ...call.executions.map(({ evidence }) => evidence)].flatMap((one) => one?.spanId ?? []);
  for (const span of new Set(spans)) {
    const own = traits.ofSpan(span);
    if (own !== null) merge(unit, own);
  }
  addScope(unit, call.scope);
  if (call.tool !== null) put(unit.texts, NAMES.tool, call.tool);
  addArguments(unit, call);
  const turn = asked === null ? undefined : turns.get(placeOf(asked));
  if (turn !== undefined) addTurn(unit, turn, MEASURES.promptOfCall);
  if (load !== undefined) unit.numbers.set(MEASURES.callsInFlight, load);
  return unit;
}

function addScope(unit: Unit, { agent, model, framework, frameworkVersion }: ToolCall["scope"]): void {
  if (agent !== null) put(unit.texts, NAMES.agent, agent);
  if (model !== null) put(unit.texts, NAMES.model, model);
  if (framework === null) return;
  put(unit.texts, NAMES.framework, framework);
  if (frameworkVersion !== null) put(unit.texts, NAMES.framework, `${framework} ${frameworkVersion}`);
}

function addTurn(unit: Unit, { messages, offered }: Turn, size: string): void {
  if (messages !== null)
    unit.numbers.set(
      size,
      messages.reduce((sum, { text }) => sum + (text?.length ?? 0), 0),
    );
  if (offered === null) return;
  unit.numbers.set(MEASURES.toolsOffered, offered.length);
  for (const { name } of offered.slice(0, MOST)) put(unit.texts, NAMES.offered, name);
}

const MOST = 24;
const LONGEST = 40;

/** Names of the arguments, and short values: `argument region = eu`. */
function addArguments(unit: Unit, { arguments: given, argumentsRaw }: ToolCall): void {
  if (argumentsRaw !== null) unit.numbers.set(MEASURES.argumentSize, argumentsRaw.length);
  if (typeof given !== "object" || given === null || Array.isArray(given)) return;
  for (const [name, value] of Object.entries(given).slice(0, MOST)) {
    put(unit.texts, NAMES.argument, name.slice(0, LONGEST));
    const isShort =
      typeof value === "boolean" || typeof value === "number" || (typeof value === "string" && value.length <= LONGEST);
    if (isShort) put(unit.texts, `argument ${name.slice(0, LONGEST)}`, String(value));
  }
}

function loadsByRun(runs: readonly JudgedRun[]): Map<unknown, number> {
  const timed = runs.flatMap(({ run }) =>
    run !== null && run.start !== null && run.end !== null && run.end > run.start
      ? [{ one: run, start: run.start, end: run.end }]
      : [],
  );
  return new Map([...loadsOf(timed)].map(([{ one }, load]) => [one, load]));
}

function loadsByCall(calls: readonly JudgedCall[]): Map<unknown, number> {
  const timed = calls.flatMap(({ call: one }) => {
    const ran = one.executions.find(({ durationNs, time }) => durationNs !== null && time !== null);
    return ran === undefined ? [] : [{ one, start: ran.time!, end: ran.time! + ran.durationNs! }];
  });
  return new Map([...loadsOf(timed)].map(([{ one }, load]) => [one, load]));
}

function placeOf(evidence: Turn["evidence"]): string {
  const { source, spanId, line, byteOffset, messageIndex } = evidence;
  return spanId ?? `${source} ${line} ${byteOffset} ${messageIndex}`;
}
