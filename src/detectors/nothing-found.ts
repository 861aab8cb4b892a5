import type { ToolCall } from "../records/call.ts";
import type { Detector } from "../records/detector.ts";
import type { Finding } from "../records/finding.ts";
import { conversationsOf, type Conversation } from "./conversation.ts";
import { callFinding } from "./finding.ts";
import { identifiersIn } from "./identifier.ts";
import { inventedIn } from "./invented.ts";
import { outcomeOf } from "./outcome.ts";
import { recoveredCalls } from "./recovered.ts";
import { isNothing } from "./result-form.ts";

/** A look-up that found nothing, for a name that nobody had said: the model made it up. Of a name that was given, nothing is an answer. */
export const nothingFound: Detector = {
  name: "nothing-found",
  reports: ["execution/resource-missing"],
  skip: ({ runs }) =>
    runs.every(({ turns }) => turns.every(({ messages }) => messages === null))
      ? "no model requests: gen_ai.input.messages"
      : null,
  detect(the) {
    const conversationOf = conversationsOf(the);
    const recovered = recoveredCalls(the);
    return the.calls.filter(isEmptyHanded).flatMap((call) => {
      const conversation = conversationOf(call);
      return conversation === null ? [] : (judge(call, conversation, recovered.has(call.key)) ?? []);
    });
  },
};

/** Reads something by a name, and had nothing to give. */
function isEmptyHanded(call: ToolCall): boolean {
  return (
    READS.test(call.tool ?? "") &&
    call.results.length > 0 &&
    outcomeOf(call) === "ok" &&
    call.results.every(({ content }) => isNothing(content)) &&
    identifiersIn(call.arguments).some(({ sure }) => sure)
  );
}

/** `get_claim`, `lookupOrder`, `orders_find`; one that changes something has nothing to say. */
const READS =
  /(?:^|[_.-])(?:get|find|look[_-]?up|search|query|fetch|read|show|check|retrieve|load|list|describe)(?:$|[_.-]|[A-Z])/;

function judge(call: ToolCall, conversation: Conversation, isRecovered: boolean): Finding | null {
  const found = inventedIn(call, conversation);
  if (found === null) return null;
  return callFinding("nothing-found", call, {
    classifier: "execution/resource-missing",
    stage: "executed",
    confidence: "likely",
    severity: "warning",
    weight: 0,
    facts: { argument: found.path, value: found.value.slice(0, 200), invented: found.value.slice(0, 200) },
    modifiers: ["masked", ...(isRecovered ? (["recovered"] as const) : [])],
    evidence: [call.results[0]!.evidence],
    message: "nothing found for a made-up name",
  });
}
