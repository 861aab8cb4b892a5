import type { Facts } from "../../records/finding.ts";
import { factsOf } from "./facts.ts";
import { AGENTIC, isSaidOfAFailure } from "./guards.ts";
import { lex, type Token } from "./lex.ts";
import { patternsOf } from "./patterns.ts";
import { RULES } from "./rules.ts";

/** What a sentence means that no signature knows: its subject and what befell it. `start` and `end` are offsets in the text. */
export interface Clause {
  cause: string;
  facts: Facts;
  start: number;
  end: number;
  /** Nobody else says this: no other sign of an agent is needed. */
  isOfAgents: boolean;
}

/**
 * The cause that the plain words of a text name: of its lines, the one whose rule stands first in the table.
 * `isFailure`: where the text stands, or its level, says that it tells of a failure.
 */
export function readClause(text: string, isFailure: boolean): Clause | null {
  let best: { rank: number; clause: Clause } | null = null;
  for (const { line, at } of linesOf(text)) {
    const tokens = lex(line);
    if (tokens.length < 2) continue;
    const found = ruleOf(line, tokens, isFailure, best?.rank ?? RULES.length);
    if (found === null) continue;
    const { rank, first, last } = found;
    const [start, end] = [at + tokens[first]!.start, at + tokens[last]!.end];
    const rule = RULES[rank]!;
    const isOfAgents = rule.sure === true && OF_CALLS.test(rule.cause) && AGENTIC.test(line);
    best = { rank, clause: { cause: rule.cause, facts: factsOf(rule, tokens, first, last), start, end, isOfAgents } };
  }
  return best?.clause ?? null;
}

/** Layers whose sentences name a tool, a call or a model's answer; the words of the others are also those of any service. */
const OF_CALLS = /^(?:registration|schema|arguments|model|conversation|result)\//;

const MOST_LINES = 30;
const LONGEST = 1000;

/** Lines that say something: not the frames of a stack, not what a traceback quotes. */
function* linesOf(text: string): Generator<{ line: string; at: number }> {
  let at = 0;
  for (let n = 0; n < MOST_LINES && at < text.length; n++) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, Math.min(end, at + LONGEST));
    if (line.trim() !== "" && !FRAME.test(line)) yield { line, at };
    at = end + 1;
  }
}

const FRAME = /^\s*(?:at |File "|from |\.\.\. \d+ more|[~^]+\s*$|#\d+ |\w+\.py:\d+|throw |raise )/;

interface Found {
  rank: number;
  first: number;
  last: number;
}

function ruleOf(line: string, tokens: readonly Token[], isFailure: boolean, below: number): Found | null {
  const said = tokens.map((t) => t.is).join(" ");
  const words = new Set(said.split(" "));
  for (let rank = 0; rank < below; rank++) {
    const { also, unless, sure } = RULES[rank]!;
    for (const { needs, regex } of patternsOf(RULES[rank]!)) {
      const found = needs.every((any) => any.some((word) => words.has(word))) ? regex().exec(said) : null;
      if (found === null) continue;
      if ((also !== undefined && !also.test(line)) || unless?.test(line) === true) break;
      const first = wordsIn(said.slice(0, found.index));
      const last = first + wordsIn(found[0].trimEnd());
      if (isSaidOfAFailure(line, tokens, first, last, sure === true, isFailure)) return { rank, first, last };
    }
  }
  return null;
}

function wordsIn(said: string): number {
  let n = 0;
  for (let at = said.indexOf(" "); at >= 0; at = said.indexOf(" ", at + 1)) n++;
  return n;
}
