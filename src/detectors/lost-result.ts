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
  detect: ({ calls }) =>
    [...Map.groupBy(calls, ({ run, tool }) => `${run}\n${tool}`).values()].flatMap((group) => {
      const isSure = group.every(gaveSomething);
      return group.flatMap((call) => judge(call, isSure) ?? []);
    }),
};

/** `isSure`: each call of the tool gave something, so that this one did, whichever of the results is its own. */
function judge(call: ToolCall, isSure: boolean): Finding | null {
  const { id, results } = call;
  if (id === null || hasFailed(call)) return null;
  const shown = results.filter(({ seenBy, callId }) => seenBy === "request" && callId === id);
  const given = results.find(
    ({ seenBy, callId, content }) =>
      seenBy === "framework" && (callId === id || (callId === null && isSure)) && !isEmpty(content),
  );
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

function gaveSomething({ results }: ToolCall): boolean {
  return results.some(({ seenBy, content }) => seenBy === "framework" && !isEmpty(content));
}

function isEmpty(content: string): boolean {
  return formOf(content).form === "empty";
}
