import { expect, test } from "vitest";
import { frameRows } from "./frame.ts";

const ROWS = [
  { trace_id: "a", spans: [1] },
  { trace_id: "b", spans: [] },
];

test.each([
  ["records", ROWS],
  ["columns", { trace_id: { "0": "a", "1": "b" }, spans: { "0": [1], "1": [] } }],
  ["index", { "0": ROWS[0], "1": ROWS[1] }],
  [
    "split",
    {
      columns: ["trace_id", "spans"],
      index: [0, 1],
      data: [
        ["a", [1]],
        ["b", []],
      ],
    },
  ],
  ["table", { schema: { fields: [] }, data: ROWS }],
])("rows of a data frame: %s", (_orient, value) => {
  expect(frameRows(value)).toEqual(ROWS);
});

test.each([[{ trace_id: "a" }], [{ info: { trace_id: "a" }, data: { spans: [] } }], [{}]])("%j is one row", (value) => {
  expect(frameRows(value)).toEqual([value]);
});

test("an index of span ids is a column too", () => {
  const name = { "90394f6bcffb5d13": "a", "1039400000000000": "b" };
  expect(frameRows({ name })).toEqual(
    [
      { index: "1039400000000000", name: "b" },
      { index: "90394f6bcffb5d13", name: "a" },
    ].toReversed(),
  );
});

test("a hostile frame of many rows and many columns takes no longer than its bytes", () => {
  const index = Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [String(i), 1]));
  const columns = Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [`c${i}`, {}]));
  expect(frameRows({ first: index, ...columns })).toHaveLength(30_000);
  const names = Object.keys(columns);
  expect(frameRows({ columns: names, index: [], data: names.map(() => []) })).toHaveLength(30_000);
});
