import fc from "fast-check";
import { expect, test } from "vitest";
import { countByWords, countNewlines } from "./newlines.ts";

test("counts as a plain loop does, at any alignment", () => {
  const byte = fc.constantFrom(10, 10, 9, 11, 0, 138, 255, 65);
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 50 }),
      fc.array(byte, { maxLength: 3000 }),
      fc.nat({ max: 9 }),
      (head, body, skip) => {
        const bytes = Uint8Array.from([...head, ...body]).subarray(head.length);
        const from = Math.min(skip, bytes.length);
        const to = Math.max(from, bytes.length - (skip % 3));
        expect(countNewlines(bytes, from, to)).toBe(bytes.subarray(from, to).filter((value) => value === 10).length);
      },
    ),
  );
});

test("counts lanes full of line feeds", () => {
  expect(countNewlines(new Uint8Array(5000).fill(10), 0, 5000)).toBe(5000);
});

test("the plain way counts the same", () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, i) => (i * i) % 13);
  expect(countByWords(bytes, 3, 19_999)).toBe(countNewlines(bytes, 3, 19_999));
});
