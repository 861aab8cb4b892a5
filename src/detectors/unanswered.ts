import type { Case, Detector } from "../records/detector.ts";
import type { ToolCall } from "../records/call.ts";
import type { Finding } from "../records/finding.ts";
import { callFinding } from "./finding.ts";
import { endsRun } from "./structured-call.ts";
import { brokenOff, openEnds, openEndsNote } from "./open-end.ts";

/**
 * Calls that were asked for and never answered: started and hung, never taken up although the run came to its end, or the
 * last of a transcript whose earlier calls of the tool were answered. Other records that end with a call are only noted.
 */
export const unanswered: Detector = {
  name: "unanswered",
  reports: ["execution/unanswered", "registration/tool-not-wired"],
  skip: ({ calls }) =>
    calls.length > 0 && calls.every(({ requested }) => !requested) ? "no model answers: gen_ai.output.messages" : null,
  detect(the) {
    const runs = new Map(the.runs.map((run) => [run.id, run]));
    const wired = wiredTools(the);
    return [
      ...the.calls.filter(isOpen).flatMap((call) => judge(call, runs.get(call.run ?? ""), wired) ?? []),
      ...brokenOff(openEnds(the), the, wired),
    ];
  },
  unsure: (the) => openEndsNote(openEnds(the)),
};

function isOpen({ requested, results, executions }: ToolCall): boolean {
  return requested && results.length === 0 && executions.every(({ outcome }) => outcome === "started");
}

function judge(call: ToolCall, run: Case["runs"][number] | undefined, wired: ReadonlySet<string>): Finding | null {
  if (call.life.parsed === "failed" || call.life["looked up"] === "failed" || call.life.consumed === "failed")
    return null;
  if (call.executions.length > 0) {
    return callFinding("unanswered", call, {
      classifier: "execution/unanswered",
      stage: "executed",
      confidence: "likely",
      weight: 0,
      modifiers: run !== undefined && run.calls.at(-1) === call ? ["fatal"] : [],
      evidence: [call.executions[0]!.evidence],
      message: "call started and not answered",
    });
  }
  if (run?.ended?.outcome !== "ok" || endsRun(call) || wired.has(call.tool ?? "")) return null;
  const isLast =
    run.turns.length > 0 &&
    run.turns.at(-1)!.answer?.calls.some(({ id, name }) => (call.id === null ? name === call.tool : id === call.id));
  if (isLast !== true) return null;
  return callFinding("unanswered", call, {
    classifier: "registration/tool-not-wired",
    stage: "looked up",
    confidence: "likely",
    weight: 1,
    evidence: [call.evidence.requested],
    message: "call never executed",
  });
}

/** Tools that were executed, or answered, at least once. */
function wiredTools({ calls }: Case): Set<string> {
  return new Set(
    calls
      .filter(({ results, executions }) => results.length > 0 || executions.length > 0)
      .map(({ tool }) => tool ?? ""),
  );
}
