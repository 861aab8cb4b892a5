import type { ToolCall } from "../records/call.ts";
import type { Case } from "../records/detector.ts";
import { argumentsKey, jsonOf } from "../toolcalls/arguments.ts";
import { squash } from "./nearest.ts";
import { hasFailed, outcomeOf } from "./outcome.ts";

/** Keys of the calls that failed and whose goal a later answer of their run reached: the model corrected itself. */
export function recoveredCalls(the: Pick<Case, "runs">): Set<string> {
  const recovered = new Set<string>();
  for (const { calls } of the.runs) {
    const reached = new Map<string, ToolCall[]>();
    for (const call of calls.toReversed()) {
      if (call.tool === null) continue;
      const goals = goalsOf(call);
      if (outcomeOf(call) === "ok") for (const goal of goals) keep(reached, goal, call);
      else if (hasFailed(call) && goals.some((goal) => reached.get(goal)?.some((later) => reaches(later, call))))
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
function reaches(later: ToolCall, call: ToolCall): boolean {
  const [a, b] = [later.evidence.requested, call.evidence.requested];
  if (
    a !== undefined &&
    b !== undefined &&
    a.source === b.source &&
    a.byteOffset === b.byteOffset &&
    a.line === b.line &&
    a.spanId === b.spanId &&
    a.messageIndex === b.messageIndex
  )
    return false;
  const values = valuesOf(call);
  return values.length <= 1 || values.some((value) => valuesOf(later).includes(value));
}

function valuesOf({ arguments: given }: ToolCall): string[] {
  return typeof given === "object" && given !== null ? Object.values(given).map((value) => jsonOf(value)) : [];
}
