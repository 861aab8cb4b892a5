import type { ToolCall } from "../records/call.ts";
import type { Finding } from "../records/finding.ts";
import { nearest } from "./nearest.ts";

/**
 * What the call adds to the words of a failure. A name that is missing while the model gave the value under another one
 * is a misnamed argument, whatever the validator says; a value of the arguments that the failure names tells which one.
 */
export function misnamed(finding: Finding, call: ToolCall): Finding {
  if (typeof call.arguments !== "object" || call.arguments === null || Array.isArray(call.arguments)) return finding;
  const given = call.arguments as Record<string, unknown>;
  const { argument } = finding.facts;
  if (finding.classifier === "arguments/missing-argument")
    return argument === undefined ? finding : renamed(finding, given, argument);
  if (argument !== undefined || (finding.layer !== "execution" && finding.classifier !== "arguments/invalid-value"))
    return finding;
  const named = argumentNamed(finding, given);
  return named === null ? finding : { ...finding, facts: { ...finding.facts, ...named } };
}

function renamed(finding: Finding, given: Record<string, unknown>, missing: string): Finding {
  if (Object.hasOwn(given, missing)) return finding;
  const meant = nearest(missing, Object.keys(given));
  if (meant === null) return finding;
  return {
    ...finding,
    classifier: "arguments/unexpected-argument",
    facts: { ...finding.facts, argument: meant, nearest: missing },
    weight: Math.max(finding.weight, 3),
  };
}

/** The argument whose value stands in the failure: `KeyError: 'Lisbon'`, `no order O-404`. */
function argumentNamed(
  { evidence, facts }: Finding,
  given: Record<string, unknown>,
): { argument: string; value: string } | null {
  const words = [facts.exception ?? "", ...evidence.slice(0, 3).map(({ excerpt }) => excerpt)].join("\n");
  const found = Object.entries(given).filter(([, value]) => isTelling(value) && words.includes(String(value)));
  return found.length === 1 ? { argument: found[0]![0], value: String(found[0]![1]) } : null;
}

function isTelling(value: unknown): boolean {
  return typeof value === "string" ? value.length >= 3 : typeof value === "number" && Math.abs(value) > 99;
}
