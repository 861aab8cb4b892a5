import { RegExpParser, type AST } from "@eslint-community/regexpp";
import { commonnessOf } from "../records/commonness.ts";

/**
 * Literals, one of which occurs in every text that the pattern matches: derived from the pattern, never declared, since
 * a declared one that is not required loses failures silently. Lower case; the prefilter folds case.
 * Quotes, backslashes, newlines and non-ASCII end a literal, so that it hits raw text and the same text inside JSON.
 * Null when the pattern requires none of at least `MIN` characters.
 */
export function requiredLiterals(pattern: string, flags: string): string[] | null {
  const tree = new RegExpParser().parsePattern(pattern, 0, pattern.length, { unicode: false, unicodeSets: false });
  void flags;
  const found = anyOf(tree.alternatives);
  return found === null || Math.min(...found.map((l) => l.length)) < MIN ? null : [...new Set(found)];
}

const MIN = 4;
const MAX = 32;
const LIMIT = 12;

function anyOf(alternatives: AST.Alternative[]): string[] | null {
  const all: string[] = [];
  for (const one of alternatives) {
    const best = ofSequence(one.elements);
    if (best === null) return null;
    all.push(...best);
  }
  return all.length > LIMIT ? null : all;
}

/** The best set among the runs of plain characters and the groups of one alternative. */
function ofSequence(elements: AST.Element[]): string[] | null {
  let best: string[] | null = null;
  let run = "";
  const offer = (set: string[] | null) => {
    if (set !== null && (best === null || score(set) > score(best))) best = set;
  };
  const flush = () => {
    if (run.trim().length >= MIN) offer([cut(run)]);
    run = "";
  };
  for (const element of flatten(elements)) {
    const char = plain(element);
    if (char !== null) {
      run += char;
      continue;
    }
    if (element.type === "Assertion") continue;
    flush();
    if (element.type === "CapturingGroup" || element.type === "Group") offer(anyOf(element.alternatives));
    else if (element.type === "Quantifier" && element.min > 0) offer(ofSequence([element.element as AST.Element]));
  }
  flush();
  return best;
}

/** Groups with a single alternative are part of the sequence around them. */
function flatten(elements: AST.Element[]): AST.Element[] {
  return elements.flatMap((e) =>
    (e.type === "Group" || e.type === "CapturingGroup") && e.alternatives.length === 1 ? flatten(e.alternatives[0]!.elements) : [e],
  );
}

function plain(element: AST.Element): string | null {
  if (element.type === "Character") return usable(element.value);
  if (element.type !== "CharacterClass" || element.negate || element.elements.length !== 2) return null;
  const [a, b] = element.elements;
  if (a?.type !== "Character" || b?.type !== "Character") return null;
  const [x, y] = [usable(a.value), usable(b.value)];
  return x !== null && x === y ? x : null;
}

/** Characters that stand for themselves in raw text, JSON strings and Python reprs alike. */
function usable(code: number): string | null {
  if (code < 0x20 || code > 0x7e) return null;
  const char = String.fromCharCode(code).toLowerCase();
  return "\"'`\\<>&".includes(char) ? null : char;
}

function cut(run: string): string {
  return run.length > MAX ? run.slice(0, MAX) : run;
}

/** Rare in ordinary logs beats common, few beat many; one that the fast search cannot take (under 7 characters) comes last. */
function score(set: string[]): number {
  return Math.min(...set.map(rarity)) - set.length * 0.5;
}

function rarity(literal: string): number {
  const common = commonnessOf(literal);
  return common === Infinity ? -100 + literal.length : -Math.log2(common + 1e-6);
}
