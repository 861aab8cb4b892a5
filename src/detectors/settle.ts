import type { ToolCall } from "../records/call.ts";
import type { Case } from "../records/detector.ts";
import type { Finding } from "../records/finding.ts";
import type { Modifier } from "../records/life.ts";
import { createAttribution } from "./attribution.ts";
import { isContradicted } from "./contradicted.ts";
import { conversationsOf } from "./conversation.ts";
import { withoutDoubles } from "./failed-request.ts";
import { fatalCalls } from "./fatal.ts";
import { growthOf } from "./growth.ts";
import { withInvented } from "./invented.ts";
import { misnamed } from "./misnamed.ts";
import { recoveredCalls } from "./recovered.ts";
import { ofAnswer } from "./structured-call.ts";

/**
 * Findings of signatures and detectors held against the calls: each gets the call, tool and argument that it is about,
 * those that their own call contradicts are left out, and those of calls that were put right later are marked.
 */
export function settleFindings(findings: readonly Finding[], the: Case): Finding[] {
  const attribution = createAttribution(the);
  const marks = { recovered: recoveredCalls(the), fatal: fatalCalls(the) };
  const conversationOf = conversationsOf(the);
  const withGrowth = growthOf(the);
  return withoutDoubles(findings).flatMap((finding) => {
    const known = attribution.attribute(withGrowth(finding));
    const call = attribution.callOf(known);
    if (call === null) return known;
    if (isContradicted(known, call)) return [];
    const told = withInvented(ofAnswer(misnamed(known, call), call), call, conversationOf);
    return ofCaller(marked(told, call, marks), call);
  });
}

/** Agent and model are those of the call, and a flag on any record of its result counts, whichever was read first. */
function ofCaller(found: Finding, call: ToolCall): Finding {
  const { id, key, scope, results } = call;
  const finding = ofTool(found, call);
  const agent = scope.agent ?? finding.scope.agent;
  const model = scope.model ?? finding.scope.model;
  const isFlagged = results.some(({ isError }) => isError === true);
  const modifiers = isFlagged ? finding.modifiers.filter((one) => one !== "masked") : finding.modifiers;
  const named = { callKey: key, callId: finding.callId ?? id };
  return { ...finding, ...named, modifiers, scope: { ...finding.scope, agent, model } };
}

/** The words of an exception name the function (`wrapper() got an unexpected ...`), which may not be what was offered. */
function ofTool(finding: Finding, { tool, offered }: ToolCall): Finding {
  const isOffered = (name: string | null): boolean => offered?.some((one) => one.name === name) === true;
  if (finding.layer !== "arguments" || tool === null || isOffered(finding.tool) || !isOffered(tool)) return finding;
  return { ...finding, tool, facts: { ...finding.facts, tool } };
}

function marked(
  finding: Finding,
  call: ToolCall,
  { recovered, fatal }: { recovered: ReadonlySet<string>; fatal: ReadonlySet<string> },
): Finding {
  const own: Modifier[] = [
    ...(recovered.has(call.key) ? (["recovered"] as const) : []),
    ...(fatal.has(call.key) ? (["fatal"] as const) : []),
  ];
  const fresh = own.filter((one) => !finding.modifiers.includes(one));
  return fresh.length === 0 ? finding : { ...finding, modifiers: [...finding.modifiers, ...fresh] };
}
