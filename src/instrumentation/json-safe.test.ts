import { expect, test } from "vitest";
import { unsafePath } from "./json-safe.ts";

const loop: Record<string, unknown> = { a: {} };
loop["back"] = loop;

test.each([
  [{ order: { total: 1n } }, "$.order.total is a BigInt"],
  [{ rows: [{ when: new Date() }, { "a b": Number.NaN }] }, '$.rows[1]["a b"] is NaN'],
  [{ later: Promise.resolve(1) }, "$.later is a Promise that is not awaited"],
  [[1, undefined], "$[1] is undefined"],
  [new Map(), "$ is a Map"],
  [{ failed: new Error("x") }, "$.failed is an Error"],
  [undefined, "$ is undefined"],
  [loop, "$.back refers back to itself"],
])("%o", (value, path) => expect(unsafePath(value)).toBe(path));

test.each([
  [null],
  ["text"],
  [{ a: [1, "x", null, { b: undefined }] }],
  [new Date(0)],
  [{ same: [loop["a"], loop["a"]] }],
])("safe: %o", (value) => expect(unsafePath(value)).toBeNull());

test("runs no getter, and ends in a large value", () => {
  expect(
    unsafePath({
      get a() {
        throw new Error("never");
      },
    }),
  ).toBeNull();
  expect(unsafePath(Array.from({ length: 100_000 }, (_, n) => ({ n })))).toBeNull();
});
