import type { ToolCall } from "../records/call.ts";
import type { Finding } from "../records/finding.ts";
import type { Conversation } from "./conversation.ts";
import { identifiersIn, type Identifier } from "./identifier.ts";
import { squash } from "./nearest.ts";
import { wordsOf } from "./outcome.ts";

/** A name in the call's arguments that nobody had said before; the one that the failure speaks of, or the first that is sure. */
export function inventedIn(call: ToolCall, conversation: Conversation, said = ""): Identifier | null {
  const words = squash(said);
  const names = identifiersIn(call.arguments).filter(({ value }) => !conversation.tells(value));
  return names.find(({ value }) => words.includes(squash(value))) ?? names.find(({ sure }) => sure) ?? null;
}

/** The finding with the fact `invented`, where the call failed for a name that stands nowhere before in the conversation. */
export function withInvented(
  finding: Finding,
  call: ToolCall,
  conversationOf: (call: ToolCall) => Conversation | null,
): Finding {
  const { argument, invented } = finding.facts;
  if (invented !== undefined || !ABOUT_A_THING.has(finding.classifier) || identifiersIn(call.arguments).length === 0)
    return finding;
  const said = [wordsOf(call), finding.facts.value ?? "", finding.facts.exception ?? ""].join("\n");
  const conversation = conversationOf(call);
  const found = conversation === null ? null : inventedIn(call, conversation, said);
  if (found === null || (argument !== undefined && argument !== found.path)) return finding;
  if (finding.classifier !== "execution/resource-missing" && !isMissed(found, said)) return finding;
  return { ...finding, facts: { ...finding.facts, invented: found.value.slice(0, 200) } };
}

/** Failures that a made-up name can be the reason of. */
const ABOUT_A_THING = new Set([
  "execution/resource-missing",
  "execution/tool-raised",
  "arguments/invalid-value",
  "result/masked-error",
]);

/** The failure names it, or says that something is not there. */
function isMissed({ value }: Identifier, said: string): boolean {
  return squash(said).includes(squash(value)) || NOT_THERE.test(said);
}

const NOT_THERE =
  /not (?:be )?found|no such|does(?: not|n't) exist|unknown|KeyError|\b404\b|no (?:matching )?\w{1,30} (?:with|for|named)/i;
