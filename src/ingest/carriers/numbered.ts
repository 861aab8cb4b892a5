import type { Carrier } from "./carrier.ts";

/** What `cat -n`, `less -N`, `grep -n` and `grep -Hn` print, and pages that show code: a number before each line. */
export const numbered: Carrier = {
  name: "numbered lines",
  begins: (head) => isNumbered(head.split("\n", LOOKED_AT + 1).slice(0, LOOKED_AT)),
  unpack(document) {
    const lines = document.split("\n");
    return isNumbered(lines.slice(0, LOOKED_AT)) ? lines.map((line) => line.replace(NUMBER, "")).join("\n") : null;
  },
};

const NUMBER = /^(?:[^\s:]{1,200}:|)\s{0,8}(\d{1,9})(?:\t|:|\| ?|-(?=\S)|$)/;
const LOOKED_AT = 40;
const FEWEST = 3;

/** All lines that are not empty begin so, the numbers rise, and lines are not merely times or counts. */
function isNumbered(lines: readonly string[]): boolean {
  const told = lines.filter((line) => line.trim() !== "");
  if (told.length < FEWEST) return false;
  let before = -1;
  for (const line of told) {
    const number = Number(NUMBER.exec(line)?.[1] ?? Number.NaN);
    if (!(number > before) || (before >= 0 && number > before + MOST_APART)) return false;
    before = number;
  }
  return true;
}

/** Lines that grep left out between two that it shows. */
const MOST_APART = 100_000;
