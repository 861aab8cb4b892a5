import type { Evidence } from "../index.ts";
import type { ScreenName } from "./screens.ts";

/** One line of a screen. All of it is safe for the terminal. */
export interface Row {
  /** The same line has the same id when the data is read again: the cursor stays on it. */
  id: string;
  /** Painted, at most as wide as the screen. */
  line: string;
  /** What is searched, and copied where nothing better is known. */
  text: string;
  /** In words, for a screen reader, where the line is one of a table. */
  says?: string;
  /** Where Enter leads. */
  open?: { screen: ScreenName; subject: string };
  failed?: boolean;
  evidence?: Evidence;
  /** The incident that it belongs to. */
  incident?: string;
  isNew?: boolean;
  /** The incident under which it is folded, or which others are folded under. */
  root?: string;
}

/** The lines of a screen, made when they are looked at: a log may have millions. */
export interface Rows {
  readonly count: number;
  at(index: number): Row;
  /** -1: there is none. */
  indexOf(id: string): number;
  /** The next failure after (1) or before (-1) a line; -1: there is none. */
  failure(from: number, step: 1 | -1): number;
}

export function listOf(rows: readonly Row[]): Rows {
  return lazyOf(rows, { idOf: ({ id }) => id, isFailed: ({ failed }) => failed === true, rowOf: (row) => row });
}

/** A row for each of many things, made when it is looked at. */
export function lazyOf<T>(
  all: readonly T[],
  { idOf, isFailed, rowOf }: { idOf(one: T): string; isFailed(one: T): boolean; rowOf(one: T): Row },
): Rows {
  let ids: Map<string, number> | null = null;
  return {
    count: all.length,
    at: (index) => rowOf(all[index]!),
    indexOf: (id) => (ids ??= new Map(all.map((one, index) => [idOf(one), index]))).get(id) ?? -1,
    failure(from, step) {
      for (let at = from + step; at >= 0 && at < all.length; at += step) if (isFailed(all[at]!)) return at;
      return -1;
    },
  };
}

/** Painted lines of one thing, each a row. */
export function rowsOfLines(lines: readonly string[], prefix: string, more: Partial<Row> = {}): Row[] {
  return lines.map((line, index) => ({ id: `${prefix}${index}`, line, text: plainOf(line), ...more }));
}

/** Without our own colours. */
export function plainOf(painted: string): string {
  return painted.replace(/\u001b\[[\d;]{0,30}m/g, "");
}
