import { expect, test } from "vitest";
import { Halves } from "./halves.ts";

const open = (): Halves => new Halves((record) => "end" in record);

test("a record is given once both parts are there, with what the later part says", () => {
  const halves = open();
  expect(halves.add("a", { name: "x", inputs: { q: 1 }, outputs: {} }, 1)).toEqual([]);
  expect(halves.add("a", { inputs: {}, outputs: { r: 2 }, name: null, end: 5 }, 7)).toEqual([
    { record: { name: "x", inputs: { q: 1 }, outputs: { r: 2 }, end: 5 }, line: 7 },
  ]);
  expect(halves.rest()).toEqual([]);
});

test("what is never ended comes at the end, and a late part makes no second record", () => {
  const halves = open();
  halves.add("a", { name: "x" }, 1);
  halves.add("b", { end: 1 }, 2);
  expect(halves.add("b", { score: 1 }, 3)).toEqual([]);
  expect(halves.rest()).toEqual([{ record: { name: "x" }, line: 1 }]);
});

test("of too many that are open the oldest is given as it is", () => {
  const halves = open();
  for (let i = 0; i < 1000; i++) expect(halves.add(String(i), { i }, i)).toEqual([]);
  expect(halves.add("more", {}, 9)).toEqual([{ record: { i: 0 }, line: 0 }]);
  expect(halves.rest()).toHaveLength(1000);
});

test("a key that is the prototype's stays out", () => {
  const [half] = open().add("a", JSON.parse('{"__proto__":{"polluted":1},"end":1}'), 1);
  const second = open();
  second.add("a", { name: "x" }, 1);
  const [joined] = second.add("a", JSON.parse('{"__proto__":{"polluted":1},"end":1}'), 1);
  expect([half?.record["polluted"], joined?.record["polluted"], ({} as { polluted?: 1 }).polluted]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
