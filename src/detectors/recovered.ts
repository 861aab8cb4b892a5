import type { Case } from "../records/detector.ts";
import type { ToolCall } from "../records/call.ts";
import { argumentsKey } from "../toolcalls/arguments.ts";
import { squash } from "./nearest.ts";
import { hasFailed, outcomeOf } from "./outcome.ts";

/** Keys of the calls that failed and whose goal a later call of their run reached: the model corrected itself. */
export function recoveredCalls(the: Case): Set<string> {
  const recovered = new Set<string>();
  for (const { calls } of the.runs) {
    const reached = new Map<string, ToolCall>();
    for (const call of calls.toReversed()) {
      if (call.tool === null) continue;
      if (outcomeOf(call) === "ok") for (const goal of goalsOf(call)) reached.set(goal, call);
      else if (hasFailed(call) && goalsOf(call).some((goal) => reached.has(goal) && reached.get(goal) !== call)) recovered.add(call.key);
    }
  }
  return recovered;
}

/** The same tool; or, where the name was wrong, a tool whose name is the same but for case and signs, or the same arguments. */
function goalsOf(call: ToolCall): string[] {
  const key = argumentsKey(call.argumentsRaw);
  return [`tool ${squash(call.tool ?? "")}`, ...(key === null || key === "{}" || key.length < 12 ? [] : [`arguments ${key}`])];
}
