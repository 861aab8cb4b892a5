import type { Rule } from "./rules.ts";

/** One sentence of a rule. */
export interface Pattern {
  /** Of each of these lists a word must be there, or the sentence is not: cheaper to ask than the expression. */
  needs: readonly (readonly string[])[];
  /** An expression over the names of concepts, with a blank between. Compiled when first asked for. */
  regex(): RegExp;
}

/** The rule's sentences. */
export function patternsOf(rule: Rule): readonly Pattern[] {
  let patterns = known.get(rule);
  if (patterns === undefined) known.set(rule, (patterns = rule.says.map(pattern)));
  return patterns;
}

const known = new Map<Rule, readonly Pattern[]>();

/** Words between, as few as do. */
const GAPS: Record<string, string> = {
  "~": "(?: (?!STOP)\\S+){0,8}?",
  "-": "(?: (?!STOP|SIGN|KEY|:)\\S+){0,3}?",
};

function pattern(says: string): Pattern {
  const parts = says.match(/\([^)]*\)\??|\S+/g)!;
  const needed = parts.filter((part) => GAPS[part] === undefined && !part.endsWith("?")).map(wordsOf);
  let regex: RegExp | null = null;
  return {
    needs: needed.filter((words) => words.every((word) => PLAIN.test(word))),
    regex: () => (regex ??= compile(parts)),
  };
}

/** Without what means something to an expression. */
const PLAIN = /^[\w-]+$/;

function wordsOf(part: string): string[] {
  return part.replaceAll(/[()?]/g, "").split("|");
}

function compile(parts: readonly string[]): RegExp {
  let source = "(?<!\\S)";
  let gap = "";
  let isFirst = true;
  for (const part of parts) {
    if (GAPS[part] !== undefined) {
      gap = GAPS[part];
      continue;
    }
    const one = `${isFirst ? "" : " "}(?:${wordsOf(part).join("|")})`;
    source += gap + (part.endsWith("?") ? `(?:${one})?` : one);
    isFirst = false;
    gap = "";
  }
  return new RegExp(`${source}(?!\\S)`);
}
