import { describe, expect, it } from "vitest";
import { listOf } from "./rows.ts";
import { cursorAt, START, windowOf } from "./window.ts";

const rowsOf = (ids: readonly string[]) => listOf(ids.map((id) => ({ id, line: id, text: id })));
const letters = [..."abcdefghijklmnopqrstuvwxyz"];

describe("windowOf", () => {
  const rows = rowsOf(letters);

  it("keeps the cursor in sight", () => {
    expect(windowOf(START, rows, 5)).toEqual({ index: 0, top: 0 });
    expect(cursorAt(rows, 7, START, 5)).toEqual({ id: "h", index: 7, top: 3 });
    expect(cursorAt(rows, 99, START, 5)).toEqual({ id: "z", index: 25, top: 21 });
    expect(cursorAt(rows, 2, cursorAt(rows, 25, START, 5), 5)).toEqual({ id: "c", index: 2, top: 2 });
  });

  it("stays on its row, at its place, when others come in above it or go", () => {
    const cursor = cursorAt(rows, 10, START, 5);
    const more = rowsOf([..."123", ...letters]);
    expect(windowOf(cursor, more, 5)).toEqual({ index: 13, top: cursor.top + 3 });
    expect(windowOf(cursor, rowsOf(letters.slice(4)), 5)).toEqual({ index: 6, top: cursor.top - 4 });
    expect(windowOf(cursor, rowsOf(letters.slice(0, 3)), 5)).toEqual({ index: 2, top: 0 });
    expect(windowOf(cursor, rowsOf([]), 5)).toEqual({ index: 0, top: 0 });
  });

  it("fills the screen after it has grown", () => {
    const cursor = cursorAt(rows, 25, START, 5);
    expect(windowOf(cursor, rows, 20)).toEqual({ index: 25, top: 6 });
  });
});
