import type { Rows } from "./rows.ts";

/** Where the cursor of a screen is: on which row, which that was when it was put there, and what stood at the top. */
export interface Cursor {
  id: string | null;
  index: number;
  top: number;
}

export const START: Cursor = { id: null, index: 0, top: 0 };

/**
 * What of the rows is seen. The row under the cursor stays where it is on the screen when others come in above it or go.
 */
export function windowOf({ id, index, top }: Cursor, rows: Rows, height: number): { index: number; top: number } {
  const last = Math.max(0, rows.count - 1);
  const known = id === null ? -1 : rows.indexOf(id);
  const now = known >= 0 ? known : Math.min(index, last);
  const wanted = top + (now - index);
  // the cursor is in sight, and the last page is full
  const least = Math.max(0, now - height + 1);
  const most = Math.max(0, Math.min(now, rows.count - height));
  return { index: now, top: Math.max(least, Math.min(wanted, most)) };
}

/** The cursor on another row. */
export function cursorAt(rows: Rows, target: number, before: Cursor, height: number): Cursor {
  const index = Math.max(0, Math.min(target, rows.count - 1));
  if (rows.count === 0) return START;
  const { top } = windowOf(before, rows, height);
  const moved = { id: rows.at(index).id, index, top };
  return { ...moved, top: windowOf(moved, rows, height).top };
}
