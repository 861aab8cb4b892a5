import type { Text } from "../records/text.ts";
import { withCommonFacts } from "./common-facts.ts";
import type { Match, Matcher } from "./matcher.ts";
import { resolve } from "./resolve.ts";

/**
 * The match that names the cause of a text. What a wrapper such as `Error executing tool x: ...` wraps is a tool's result,
 * wherever the wrapper was printed: its words are looked at once more as such.
 */
export function explain(matcher: Matcher, text: Text): Match | null {
  const outer = resolve(matcher.match(text));
  if (
    outer === null ||
    outer.signature.weight > 0 ||
    outer.classifier.id !== "execution/tool-raised" ||
    text.place === "tool-result"
  )
    return outer;
  const inner = resolve(matcher.match({ ...text, place: "tool-result", flagged: true, text: outer.body, hits: null }));
  if (inner === null || inner.signature.weight === 0 || (inner.end <= outer.start && !isNote(outer))) return outer;
  return {
    ...inner,
    facts: { ...outer.facts, ...inner.facts },
    signature: { ...inner.signature, needsAgent: outer.signature.needsAgent },
  };
}

/** A note that Python prints behind the exception it was added to (LangGraph: which task ran). */
function isNote({ body, start }: Match): boolean {
  return body.startsWith("During task with name ", start);
}

/** True when lines that were joined say more than they do one by one: a sentence that was wrapped in its middle. */
export function saysMore(joined: Match, lines: readonly { match: Match }[]): boolean {
  const most = Math.max(-1, ...lines.map(({ match }) => match.signature.weight));
  if (joined.signature.weight !== most) return joined.signature.weight > most;
  const classes = new Set(lines.map(({ match }) => match.classifier.id));
  return classes.size > 1 && !classes.has(joined.classifier.id);
}

/** The same sentence, with the facts that only the whole of a pasted text names. */
export function completedBy(one: Match, joined: Match | null, whole: string): Match {
  const facts = joined !== null && joined.classifier === one.classifier ? { ...joined.facts, ...one.facts } : one.facts;
  return { ...one, facts: withCommonFacts(facts, one.signature.facts, one.classifier.id, whole) };
}
