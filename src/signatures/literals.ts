import { RegExpParser, type AST } from "@eslint-community/regexpp";
import { commonnessOf, isOrdinary } from "../records/commonness.ts";

/**
 * Literals, one of which occurs in every text that the pattern matches: derived from the pattern, never declared, since
 * a declared one that is not required loses failures silently. Lower case; the prefilter folds case. Of all runs of
 * fixed characters the rarest is taken; small choices within it (`finish_?[rR]eason`) are written out.
 * Quotes, backslashes, newlines and non-ASCII end a literal, so that it hits raw text and the same text inside JSON; a
 * quote may be its first or last character, as it stands and escaped.
 * Null when the pattern requires none of at least `MIN` characters.
 */
export function requiredLiterals(pattern: string): string[] | null {
  const tree = new RegExpParser().parsePattern(pattern, 0, pattern.length, { unicode: false, unicodeSets: false });
  return anyOf(tree.alternatives);
}

const MIN = 4;
const MAX = 48;
/** Literals of one run with its choices written out. */
const MOST_WRITTEN = 24;
/** Literals of one pattern. */
const MOST = 64;
/** Runs that are followed at once: one from the start and one from behind each choice. */
const MOST_RUNS = 4;

function anyOf(alternatives: readonly AST.Alternative[]): string[] | null {
  const all: string[] = [];
  for (const { elements } of alternatives) {
    const best = ofSequence(elements);
    if (best === null) return null;
    all.push(...best);
  }
  return all.length > MOST ? null : withoutLonger(all);
}

/** The best set among the runs of fixed characters and the groups of one sequence. */
function ofSequence(elements: readonly AST.Element[]): string[] | null {
  let best: string[] | null = null;
  let runs: string[][] = [[""]];
  const offer = (set: string[] | null): void => {
    if (set !== null && (best === null || score(set) > score(best))) best = set;
  };
  const offerRuns = (): void => runs.forEach((run) => offer(literalsOf(run)));
  for (const element of elements.filter((e, i) => !isEscape(e, elements[i + 1]))) {
    const written = writtenOut(element);
    if (written === null) {
      offerRuns();
      const starts = edgeOf(element, "start");
      runs.forEach((run) => offer(literalsOf(product(run, starts) ?? [])));
      runs = [edgeOf(element, "end"), [""]];
      if (element.type === "CapturingGroup" || element.type === "Group") offer(anyOf(element.alternatives));
      else if (element.type === "Quantifier" && element.min > 0) offer(ofSequence([element.element as AST.Element]));
      continue;
    }
    if (written.length === 1) runs = runs.map((run) => run.map((text) => text + written[0]));
    else {
      offerRuns();
      const longer = runs.map((run) => product(run, written)).filter((run) => run !== null);
      runs = [...longer.slice(0, MOST_RUNS), written, [""]];
    }
  }
  offerRuns();
  return best;
}

/** All texts that an element can match, folded; null when they are many or hold a character that no literal has. */
function writtenOut(element: AST.Element): string[] | null {
  switch (element.type) {
    case "Assertion":
      return [""];
    case "Character":
      return one(usable(element.value));
    case "CharacterClass":
      return element.negate ? null : anyCharacter(element.elements);
    case "Group":
    case "CapturingGroup":
      return union(element.alternatives.map(({ elements }) => sequence(elements)));
    case "Quantifier": {
      if (element.max > 2) return null;
      const inner = writtenOut(element.element as AST.Element);
      if (inner === null) return null;
      const times = [[""], inner, product(inner, inner)];
      return union(times.slice(element.min, element.max + 1));
    }
    default:
      return null;
  }
}

type Edge = "start" | "end";

/** What every text of an element that is not written out starts or ends with: one of these, perhaps the empty text. */
function edgeOf(element: AST.Element, edge: Edge): string[] {
  switch (element.type) {
    case "Character":
      return edgeOfCharacter(element.value, edge) ?? [""];
    case "CharacterClass": {
      if (element.negate) return [""];
      const edges = element.elements.map((e) =>
        e.type === "Character" ? (one(usable(e.value)) ?? edgeOfCharacter(e.value, edge)) : null,
      );
      return union(edges) ?? [""];
    }
    case "Quantifier":
      return element.min > 0 ? edgeOf(element.element as AST.Element, edge) : [""];
    case "Group":
    case "CapturingGroup":
      return union(element.alternatives.map(({ elements }) => edgeOfSequence(elements, edge))) ?? [""];
    default:
      return [""];
  }
}

/** A quote, `<`, `>` or `&` as it stands, or escaped: that begins with a backslash and ends with the character or its code. */
function edgeOfCharacter(code: number, edge: Edge): string[] | null {
  const char = String.fromCharCode(code);
  if (char === "\\") return [char];
  if (!ESCAPED.includes(char)) return null;
  return edge === "start" ? [char, "\\"] : [char, `u00${code.toString(16)}`];
}

const ESCAPED = "\"'`<>&";

/** `\\?` before a quote: the edges of the quote know of it. */
function isEscape(element: AST.Element, next: AST.Element | undefined): boolean {
  if (element.type !== "Quantifier" || element.min > 0 || element.element.type !== "Character") return false;
  return element.element.value === 92 && next !== undefined && edgeOf(next, "start").includes("\\");
}

function edgeOfSequence(elements: readonly AST.Element[], edge: Edge): string[] {
  let all = [""];
  const plain = elements.filter((e, i) => !isEscape(e, elements[i + 1]));
  for (const element of edge === "start" ? plain : plain.toReversed()) {
    const written = writtenOut(element);
    const more = written ?? edgeOf(element, edge);
    const longer = edge === "start" ? product(all, more) : product(more, all);
    if (longer === null) return all;
    all = longer;
    if (written === null) break;
  }
  return all;
}

function sequence(elements: readonly AST.Element[]): string[] | null {
  let all: string[] | null = [""];
  for (const element of elements) {
    const written = writtenOut(element);
    all = all === null || written === null ? null : product(all, written);
    if (all === null) return null;
  }
  return all;
}

function anyCharacter(elements: readonly AST.CharacterClassElement[]): string[] | null {
  return union(elements.map((e) => (e.type === "Character" ? one(usable(e.value)) : null)));
}

function union(sets: readonly (string[] | null)[]): string[] | null {
  const all = new Set<string>();
  for (const set of sets) {
    if (set === null) return null;
    for (const text of set) all.add(text);
  }
  return all.size > MOST_WRITTEN ? null : [...all];
}

function product(left: readonly string[], right: readonly string[]): string[] | null {
  if (left.length * right.length > MOST_WRITTEN) return null;
  return [...new Set(left.flatMap((a) => right.map((b) => a + b)))];
}

function one(char: string | null): string[] | null {
  return char === null ? null : [char];
}

/** Characters that stand for themselves in raw text, JSON strings and Python reprs alike. */
function usable(code: number): string | null {
  if (code < 0x20 || code > 0x7e) return null;
  const char = String.fromCharCode(code).toLowerCase();
  return char === "\\" || ESCAPED.includes(char) ? null : char;
}

/** A run as literals; null when one of them is too short. */
function literalsOf(run: readonly string[]): string[] | null {
  if (run.length === 0 || run.some((text) => text.trim().length < MIN)) return null;
  return withoutLonger(run.map((text) => text.slice(0, MAX)));
}

/** Where one literal is part of another, it says as much by itself. */
function withoutLonger(literals: readonly string[]): string[] {
  const all = [...new Set(literals)];
  return all.filter((literal) => !all.some((other) => other !== literal && literal.includes(other)));
}

/** Rare in ordinary logs beats common, few beat many. */
function score(set: readonly string[]): number {
  return Math.min(...set.map(rarity)) - set.length * 0.5;
}

/** One that stands in every log, or that the search cannot take at its full speed (under 7 characters), comes last. */
function rarity(literal: string): number {
  const known = rarities.get(literal);
  if (known !== undefined) return known;
  const common = commonnessOf(literal);
  const found =
    common === Infinity || isOrdinary(literal)
      ? -100 + literal.length
      : -Math.log2(common + 1e-6) + (literal.length < PAIRED ? 0 : 8);
  rarities.set(literal, found);
  return found;
}

/** From this length on the search looks at two neighbouring pieces of a literal, which seldom stand together. */
const PAIRED = 11;

/** Of the pieces of one pattern, many are asked for again and again. */
const rarities = new Map<string, number>();
