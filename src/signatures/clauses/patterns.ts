import type { Rule } from "./rules.ts";

/** The rule's sentences as expressions over the names of concepts, with a blank between. Compiled when first asked for. */
export function patternsOf(rule: Rule): readonly RegExp[] {
  let patterns = compiled.get(rule);
  if (patterns === undefined) compiled.set(rule, (patterns = rule.says.map(compile)));
  return patterns;
}

const compiled = new Map<Rule, readonly RegExp[]>();

/** Words between, as few as do. */
const GAPS: Record<string, string> = {
  "~": "(?: (?!STOP)\\S+){0,8}?",
  "-": "(?: (?!STOP|SIGN|KEY|:)\\S+){0,3}?",
};

function compile(says: string): RegExp {
  let pattern = "(?<!\\S)";
  let gap = "";
  let isFirst = true;
  for (const part of says.match(/\([^)]*\)\??|\S+/g)!) {
    if (GAPS[part] !== undefined) {
      gap = GAPS[part];
      continue;
    }
    const isOptional = part.endsWith("?");
    const one = `${isFirst ? "" : " "}(?:${part.replaceAll(/[()?]/g, "")})`;
    pattern += gap + (isOptional ? `(?:${one})?` : one);
    isFirst = false;
    gap = "";
  }
  return new RegExp(`${pattern}(?!\\S)`);
}
