import { flatten, type ParsedException } from "./exception.ts";
import { readGo } from "./go.ts";
import { splitLines } from "./lines.ts";
import { readLone } from "./lone.ts";
import { readPython } from "./python.ts";
import { readStacks } from "./stack.ts";

export type { ParsedException } from "./exception.ts";
export { frameworksIn } from "./frameworks.ts";

/**
 * All exceptions in a text, in the order of the text: Python tracebacks (chains, groups, rich's boxes), stacks of Node and
 * Java with their causes and members, Go's panics. A text without any of them may be one exception by itself.
 */
export function parseExceptions(text: string): ParsedException[] {
  const hasPython =
    text.includes("Traceback (most recent") || /╭─{1,200} Traceback/.test(text) || /(?:^|\n) +\| \w/.test(text);
  const hasStack = /(?:^|\n)[ \t]*at \S/.test(text);
  const hasGo = text.includes("goroutine ");
  const lines = hasPython || hasStack || hasGo || MAY_BE_LONE.test(text.slice(0, 400)) ? splitLines(text) : [];
  const found = [
    ...(hasPython ? readPython(lines) : []),
    ...(hasStack ? readStacks(lines) : []),
    ...(hasGo ? readGo(lines) : []),
  ];
  return flatten(found.length === 0 ? readLone(lines) : found);
}

const MAY_BE_LONE = /^\s*\[?[\w.]+(?: \[[\w.]+\])?(?::|\s*$|\s*\n)/;
