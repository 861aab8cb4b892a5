import type { Turn } from "../records/call.ts";
import type { Detector } from "../records/detector.ts";
import { runFinding } from "./finding.ts";
import type { Verdict } from "./finding.ts";

/** The reason a model gave for stopping, against what it sent. */
export const finishReason: Detector = {
  name: "finish-reason",
  reports: ["model/no-call", "model/content-filtered", "model/call-as-text"],
  skip: ({ runs }) =>
    runs.every(({ turns }) => turns.every(({ answer }) => answer?.finishReason == null))
      ? "no finish reasons: gen_ai.response.finish_reasons"
      : null,
  detect: ({ runs }) =>
    runs.flatMap((run) =>
      run.turns.flatMap((turn) => {
        const verdict = judge(turn);
        const { model } = turn.scope;
        return verdict === null
          ? []
          : runFinding("finish-reason", run, {
              ...verdict,
              facts: { ...verdict.facts, ...(model === null ? {} : { model }) },
              evidence: [turn.evidence],
            });
      }),
    ),
};

const CALLS = /^(?:tool[_-]calls?|function[_-]calls?|tool[_-]use|toolUse|ToolCalls)$/i;
const FILTER = /^(?:content[_-]filter(?:ed)?|SAFETY|BLOCKLIST|PROHIBITED_CONTENT|SPII|guardrail_intervened)$/i;
const MALFORMED = /^(?:MALFORMED_FUNCTION_CALL|UNEXPECTED_TOOL_CALL)$/i;

function judge({ answer, offered }: Turn): Verdict | null {
  if (answer === null || answer.finishReason === null) return null;
  const { finishReason: reason, calls, text, complete } = answer;
  const facts = { value: reason };
  if (FILTER.test(reason))
    return { classifier: "model/content-filtered", stage: "requested", facts, message: "finish reason of a filter" };
  if (MALFORMED.test(reason))
    return { classifier: "model/call-as-text", stage: "requested", facts, message: "malformed call" };
  if (!CALLS.test(reason) || calls.length > 0 || !complete) return null;
  const isSilent = text === null || text.trim() === "";
  if (offered?.length === 0 && !isSilent) return null;
  return {
    classifier: "model/no-call",
    stage: "requested",
    confidence: isSilent ? "certain" : "likely",
    facts,
    modifiers: ["masked"],
    message: "calls announced, none sent",
  };
}
