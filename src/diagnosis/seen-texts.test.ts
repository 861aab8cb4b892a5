import { expect, test } from "vitest";
import { createSeenTexts } from "./seen-texts.ts";

test("a text is known the second time, and forgotten after two generations of others", () => {
  const seen = createSeenTexts(10);
  expect(seen.again("a")).toBe(false);
  expect(seen.again("a")).toBe(true);
  for (let i = 0; i < 12; i++) seen.again(`x${i}`);
  expect(seen.again("a")).toBe(true);
  for (let i = 0; i < 40; i++) seen.again(`y${i}`);
  expect(seen.again("a")).toBe(false);
});
