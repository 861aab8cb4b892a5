import { expect, test } from "vitest";
import { frameRows } from "./frame.ts";

const ROWS = [
  { trace_id: "a", spans: [1] },
  { trace_id: "b", spans: [] },
];

test.each([
  ["records", ROWS],
  ["columns", { trace_id: { "0": "a", "1": "b" }, spans: { "0": [1], "1": [] } }],
  [
    "columns by span id",
    {
      trace_id: { "90394f6bcffb5d13": "a", "90394f6bcffb5d14": "b" },
      spans: { "90394f6bcffb5d13": [1], "90394f6bcffb5d14": [] },
    },
  ],
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
