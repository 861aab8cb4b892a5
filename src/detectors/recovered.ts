import type { Run, ToolCall } from "../records/call.ts";
import type { Case } from "../records/detector.ts";
import { argumentsKey, jsonOf } from "../toolcalls/arguments.ts";
import { squash } from "./nearest.ts";
import { hasFailed, outcomeOf } from "./outcome.ts";

/** Keys of the calls that failed and whose goal a later answer of their run reached: the model corrected itself. */
export function recoveredCalls(the: Pick<Case, "runs">): Set<string> {
  const recovered = new Set<string>();
  for (const run of the.runs) {
    const reached = new Map<string, ToolCall[]>();
    const turns = turnsOf(run);
    for (const call of run.calls.toReversed()) {
      if (call.tool === null) continue;
      const goals = goalsOf(call);
      if (outcomeOf(call) === "ok") for (const goal of goals) keep(reached, goal, call);
      else if (hasFailed(call) && goals.some((goal) => reached.get(goal)?.some((later) => reaches(later, call, turns))))
        recovered.add(call.key);
    }
  }
  return recovered;
}

/** The same tool, however its name was spelt; where the name was made up, also another tool with the same arguments. */
function goalsOf(call: ToolCall): string[] {
  const key = argumentsKey(call.argumentsRaw);
  const isMadeUp = call.offered !== null && !call.offered.some(({ name }) => name === call.tool);
  const byArguments = key !== null && key.length > 12 && (isMadeUp || outcomeOf(call) === "ok");
  return [`tool ${squash(call.tool ?? "")}`, ...(byArguments ? [`arguments ${key}`] : [])];
}

const MOST = 8;

function keep(reached: Map<string, ToolCall[]>, goal: string, call: ToolCall): void {
  const known = reached.get(goal);
  if (known === undefined) reached.set(goal, [call]);
  else if (known.length < MOST) known.push(call);
  else known[MOST - 1] = call;
}

/** Parallel calls of one answer correct nothing; nor does a call about other things. */
function reaches(later: ToolCall, call: ToolCall, turns: ReadonlyMap<string, number>): boolean {
  const [a, b] = [later, call].map((one) => turns.get(nameOf(one.id, one.tool, one.argumentsRaw)) ?? placeOf(one));
  if (a !== null && a === b) return false;
  const values = valuesOf(call);
  return values.length <= 1 || values.some((value) => valuesOf(later).includes(value));
}

/** The turn that asked for each call, by both its id and its words: frameworks make up ids for answers that have none. */
function turnsOf({ turns, calls }: Run): Map<string, number> {
  const asked = new Map<string, number>();
  turns.forEach(({ answer }, n) => {
    for (const { id, name, argumentsRaw } of answer?.calls ?? []) {
      const key = nameOf(id, name, argumentsRaw);
      if (!asked.has(key)) asked.set(key, n);
    }
  });
  for (const { id, tool, argumentsRaw } of calls) {
    const turn = id === null ? undefined : asked.get(nameOf(null, tool, argumentsRaw));
    if (turn !== undefined && !asked.has(nameOf(id, tool, argumentsRaw)))
      asked.set(nameOf(id, tool, argumentsRaw), turn);
  }
  return asked;
}

function nameOf(id: string | null, tool: string | null, argumentsRaw: string | null): string {
  return id === null ? `${tool}\n${argumentsKey(argumentsRaw)}` : `id ${id}`;
}

/** Where it was asked for: the same place is the same answer. */
function placeOf({ evidence: { requested } }: ToolCall): string | null {
  if (requested === undefined) return null;
  const { source, line, byteOffset, spanId, messageIndex } = requested;
  return `${source} ${line} ${byteOffset} ${spanId} ${messageIndex}`;
}

function valuesOf({ arguments: given }: ToolCall): string[] {
  return typeof given === "object" && given !== null ? Object.values(given).map((value) => jsonOf(value)) : [];
}
