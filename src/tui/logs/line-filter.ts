import type { Lines } from "./lines.ts";

/** The lines that pass a filter, found a few at a time so that keys never wait. */
export interface FilteredLines {
  readonly count: number;
  /** Where the n-th of them is in all lines. */
  full(index: number): number;
  /** Where a line is among them; -1: it is not. */
  indexOf(full: number): number;
  /** How many lines were looked at. */
  readonly looked: number;
}

export interface LineFilter {
  /** What is known so far; goes on looking. Another `key` is another filter. */
  of(key: string, lines: Lines, dropped: number, passes: (full: number) => boolean): FilteredLines;
  close(): void;
}

const SLICE_MS = 8;
const PAUSE_MS = 4;

/** `found` is called when there is more to see. */
export function createLineFilter(found: () => void): LineFilter {
  let key: string | null = null;
  // numbers of the lines since the beginning, also of those that are not kept any more
  let matches: number[] = [];
  let next = 0;
  let gone = 0;
  let now: { lines: Lines; dropped: number; passes: (full: number) => boolean } | null = null;
  let timer: NodeJS.Timeout | null = null;

  function look(): void {
    timer = null;
    if (now === null) return;
    const { lines, dropped, passes } = now;
    const end = performance.now() + SLICE_MS;
    next = Math.max(next, dropped);
    for (let n = 0; next - dropped < lines.count; n++) {
      if (passes(next - dropped)) matches.push(next);
      next++;
      if (n % 32 === 31 && performance.now() > end) break;
    }
    if (next - dropped < lines.count) timer = setTimeout(look, PAUSE_MS);
    found();
  }

  function forget(dropped: number): void {
    while (gone < matches.length && matches[gone]! < dropped) gone++;
    if (gone < 10_000) return;
    matches = matches.slice(gone);
    gone = 0;
  }

  return {
    of(wanted, lines, dropped, passes) {
      if (wanted !== key) [key, matches, next, gone] = [wanted, [], 0, 0];
      now = { lines, dropped, passes };
      forget(dropped);
      if (timer === null && next - dropped < lines.count) timer = setTimeout(look, 0);
      return {
        get count() {
          return matches.length - gone;
        },
        full: (index) => (matches[gone + index] ?? dropped) - dropped,
        indexOf(full) {
          let [low, high] = [gone, matches.length];
          while (low < high) {
            const middle = (low + high) >> 1;
            if (matches[middle]! < full + dropped) low = middle + 1;
            else high = middle;
          }
          return matches[low] === full + dropped ? low - gone : -1;
        },
        looked: next - dropped,
      };
    },
    close() {
      if (timer !== null) clearTimeout(timer);
      now = null;
    },
  };
}
