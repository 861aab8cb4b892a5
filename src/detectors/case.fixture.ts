import type { Case, Detector } from "../records/detector.ts";
import type { Fact } from "../records/fact.ts";
import type { ToolDefinition } from "../records/records.ts";
import { createLedger } from "../toolcalls/ledger.ts";

export function caseOf(facts: readonly Fact[]): Case {
  const ledger = createLedger();
  for (const fact of facts) ledger.add(fact);
  return { calls: ledger.calls(), runs: ledger.runs(), traces: new Map() };
}

/** What a detector finds, in short: classifier, call, facts, modifiers. */
export function found(detector: Detector, facts: readonly Fact[]) {
  const the = caseOf(facts);
  if (detector.skip(the) !== null) return "skipped";
  return detector.detect(the).map(({ classifier, callId, facts: said, modifiers, confidence }) => ({
    classifier,
    callId,
    facts: said,
    modifiers,
    confidence,
  }));
}

export function definition(
  name: string,
  properties: Record<string, unknown> = {},
  required: string[] = Object.keys(properties),
): ToolDefinition {
  return { name, description: null, schema: { type: "object", properties, required, additionalProperties: false } };
}
