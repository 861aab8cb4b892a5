import { STAGES } from "../records/life.ts";
import { withCommonFacts } from "./common-facts.ts";
import type { Match } from "./matcher.ts";
import { stackOf } from "./stack-of.ts";

/**
 * Of all matches in one text, the one that names the cause (TAXONOMY, precedence). A wrapper gives way to what it wraps,
 * the innermost exception wins over those around it; then the more specific, then the earlier stage, then the earlier place.
 * Facts that only a wrapper knows (the tool's name, the HTTP status) are kept.
 */
export function resolve(matches: readonly Match[]): Match | null {
  const best = bestOf(matches);
  return best && { ...best, facts: withCommonFacts(best.facts, best.signature.facts, best.classifier.id, best.body) };
}

function bestOf(matches: readonly Match[]): Match | null {
  const [first] = matches;
  if (first === undefined || matches.length === 1) return first ?? null;
  const own = matches.filter((m) => m.signature.weight > 0);
  const candidates = own.length > 0 ? own : matches;
  const depth = candidates.length > 1 ? depthIn(first.body) : () => 0;
  const won = [...candidates].sort(
    (a, b) =>
      depth(b) - depth(a) || b.signature.weight - a.signature.weight || stageOf(a) - stageOf(b) || a.start - b.start,
  )[0]!;
  // of one class, the words that need no agent around them are the surer ones
  const best =
    (won.signature.needsAgent
      ? candidates.find((m) => m.classifier === won.classifier && !m.signature.needsAgent)
      : undefined) ?? won;
  const facts = { ...best.facts };
  for (const other of matches) {
    const sameClass = other.classifier === best.classifier;
    for (const [name, value] of Object.entries(other.facts)) {
      if ((sameClass || SHARED.has(name)) && facts[name as keyof typeof facts] === undefined)
        facts[name as keyof typeof facts] = value;
    }
  }
  return { ...best, facts };
}

/** Facts about the call and the request as a whole, true whichever match they come from. */
const SHARED = new Set([
  "tool",
  "callId",
  "model",
  "provider",
  "providerStatus",
  "providerCode",
  "param",
  "server",
  "agent",
  "framework",
  "frameworkVersion",
]);

function stageOf(match: Match): number {
  const stage = match.signature.stage ?? match.classifier.stage;
  return stage === null ? STAGES.length : STAGES.indexOf(stage);
}

/** How deep in the chain of exceptions a match stands: the root cause is the deepest. */
function depthIn(body: string): (match: Match) => number {
  const exceptions = stackOf(body);
  return (match) => {
    if (match.body !== body) return 0;
    let depth = 0;
    for (const e of exceptions) if (match.start < e.end && match.end > e.start) depth = Math.max(depth, e.depth + 1);
    return depth;
  };
}
