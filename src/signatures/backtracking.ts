import { RegExpParser, type AST } from "@eslint-community/regexpp";

/**
 * Why a pattern may take more than linear time, or null. Two shapes are refused: a quantifier inside an unbounded
 * quantifier (exponential), and unbounded pieces one behind another that can eat the same characters (polynomial).
 */
export function backtrackingRisk(pattern: string): string | null {
  const tree = new RegExpParser().parsePattern(pattern, 0, pattern.length, { unicode: false, unicodeSets: false });
  for (const alternative of tree.alternatives) {
    const risk = inSequence(alternative.elements, false);
    if (risk !== null) return risk;
  }
  return null;
}

/** Counted repeats up to this stay cheap enough to count as bounded. */
const BOUND = 400;

function inSequence(elements: readonly AST.Element[], inside: boolean): string | null {
  let open: AST.Quantifier | null = null;
  for (const element of elements) {
    if (element.type === "Quantifier") {
      const endless = element.max > BOUND;
      if (endless && inside) return `${element.raw} inside a repeated group`;
      if (endless && open !== null && meet(open.element, element.element))
        return `${open.raw} followed by ${element.raw}, which can eat the same characters`;
      const risk = inElement(element.element, inside || element.max > 1);
      if (risk !== null && element.max > 1) return risk;
      if (endless) open = element;
      continue;
    }
    const risk = inElement(element, inside);
    if (risk !== null) return risk;
    if (open !== null && element.type === "Character" && !eats(open.element, element.value)) open = null;
  }
  return null;
}

function inElement(element: AST.Element, inside: boolean): string | null {
  if (element.type !== "Group" && element.type !== "CapturingGroup") return null;
  for (const alternative of element.alternatives) {
    const risk = inSequence(alternative.elements, inside);
    if (risk !== null) return risk;
  }
  return null;
}

function meet(a: AST.Element, b: AST.Element): boolean {
  return SAMPLES.some((code) => eats(a, code) && eats(b, code));
}

const SAMPLES = [..."aZ0_ -.,:;'\"`({[</\\\n\t=é"].map((c) => c.codePointAt(0)!);

function eats(element: AST.Element, code: number): boolean {
  if (element.type === "Group" || element.type === "CapturingGroup") return true;
  return (
    new RegExp(`^${element.raw}$`, "s").test(String.fromCodePoint(code)) &&
    !(element.type === "CharacterSet" && element.kind === "any" && code === 10)
  );
}
