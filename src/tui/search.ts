import type { Rows } from "./rows.ts";

/** The search as a regular expression, of any case unless it has a capital letter; where it is none, as the words that it is. */
export function searchOf(text: string): RegExp | null {
  if (text === "") return null;
  const flags = /[A-Z]/.test(text) ? "gu" : "giu";
  const asIs = text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  // what could take exponential time on a long line is taken as words
  if (NESTED.test(text)) return new RegExp(asIs, flags);
  try {
    return new RegExp(text, flags);
  } catch {
    return new RegExp(asIs, flags);
  }
}

/** A repeated group that ends in a repeat, and back references. */
const NESTED = /[*+}]\)[*+{]|\\[1-9]|\|[^)]{0,200}\)[*+{]/;

/** How many rows are looked at before the keys have their turn. */
const AT_ONCE = 5_000;

/** The next row that matches, from behind `from`, once around; null when `goesOn` says no, -1 when there is none. */
export async function findRow(
  rows: Rows,
  pattern: RegExp,
  from: number,
  step: 1 | -1,
  goesOn: (looked: number) => boolean,
): Promise<number | null> {
  const { count } = rows;
  let began = performance.now();
  for (let n = 1; n <= count; n++) {
    const at = (((from + step * n) % count) + count) % count;
    pattern.lastIndex = 0;
    if (pattern.test(rows.at(at).text.slice(0, LONGEST))) return at;
    if (n % 64 === 0 && (n % AT_ONCE === 0 || performance.now() - began > 20)) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!goesOn(n)) return null;
      began = performance.now();
    }
  }
  return -1;
}

/** A line is searched up to here. */
const LONGEST = 8192;

const [ON, OFF] = ["\u001b[7m", "\u001b[27m"];

/** The painted line with the matches inverted; our colours are stepped over. */
export function marked(line: string, pattern: RegExp): string {
  return line
    .split(/(\u001b\[[\d;]{0,30}m)/)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(pattern, (match) => (match === "" ? "" : ON + match + OFF)),
    )
    .join("");
}
