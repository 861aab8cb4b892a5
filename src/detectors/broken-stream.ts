import type { Turn } from "../records/call.ts";
import type { Detector } from "../records/detector.ts";
import { parseArguments } from "../toolcalls/arguments.ts";
import { runFinding } from "./finding.ts";

/** An answer that broke off: the connection ended before the stream did. Many clients take it for a whole one. */
export const brokenStream: Detector = {
  name: "broken-stream",
  reports: ["provider/network"],
  skip: ({ runs }) =>
    runs.every(({ turns }) => turns.every(({ answer }) => answer === null))
      ? "no model answers: gen_ai.output.messages"
      : null,
  detect: ({ runs }) =>
    runs.flatMap((run) =>
      run.turns.filter(isBroken).map((turn) =>
        runFinding("broken-stream", run, {
          classifier: "provider/network",
          stage: "requested",
          confidence: "likely",
          facts: turn.scope.model === null ? {} : { model: turn.scope.model },
          evidence: [turn.evidence],
          message: "answer broke off",
          time: turn.time,
        }),
      ),
    ),
};

/** Cut, and visibly so: a call in the middle of its arguments, or nothing at all. */
function isBroken({ answer, error }: Turn): boolean {
  if (answer === null || answer.complete || answer.finishReason !== null || error !== null) return false;
  const isCut = answer.calls.some(
    ({ argumentsRaw }) => argumentsRaw !== null && parseArguments(argumentsRaw) === undefined,
  );
  return isCut || (answer.calls.length === 0 && (answer.text ?? "").trim() === "");
}
