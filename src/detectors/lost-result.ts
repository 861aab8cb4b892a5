import type { ToolCall } from "../records/call.ts";
import type { Detector } from "../records/detector.ts";
import type { Finding } from "../records/finding.ts";
import { callFinding } from "./finding.ts";
import { hasFailed } from "./outcome.ts";
import { formOf } from "./result-form.ts";

/** A result that the tool gave, and of which the next request has nothing: it was lost on its way to the model. */
export const lostResult: Detector = {
  name: "lost-result",
  reports: ["result/lost"],
  skip: ({ calls }) =>
    calls.length > 0 && calls.every(({ results }) => new Set(results.map(({ seenBy }) => seenBy)).size < 2)
      ? "no results seen twice: gen_ai.tool.call.result and gen_ai.input.messages"
      : null,
  detect: ({ calls }) => calls.flatMap((call) => judge(call) ?? []),
};

function judge(call: ToolCall): Finding | null {
  // without an id the two may be of different calls
  const known = call.id === null || hasFailed(call) ? [] : call.results.filter(({ callId }) => callId === call.id);
  const shown = known.filter(({ seenBy }) => seenBy === "request");
  const given = known.find(({ seenBy, content }) => seenBy === "framework" && !isEmpty(content));
  if (given === undefined || shown.length === 0 || !shown.every(({ content }) => isEmpty(content))) return null;
  return callFinding("lost-result", call, {
    classifier: "result/lost",
    stage: "returned",
    confidence: "likely",
    facts: { received: shown[0]!.content.trim() || "an empty text", expected: given.content.slice(0, 200) },
    modifiers: ["masked"],
    evidence: [shown[0]!.evidence, given.evidence],
    message: "result lost on its way",
  });
}

function isEmpty(content: string): boolean {
  return formOf(content).form === "empty";
}
