import { expect, test } from "vitest";
import { excerptOf } from "./excerpt.ts";

const body =
  'tool get failed\n  File "/a.py", line 9, in run\n    TOOLS[name](**a)\n    ^^^^^^^^^^^^^^^^\nTypeError: get() got x\nbye';

test("shows the exception of a match that begins in the source of a frame", () => {
  const shown = excerptOf(body, body.indexOf("(**a)"), body.indexOf("\nbye"));
  expect(shown).toEqual({ excerpt: "TypeError: get() got x", highlight: [0, 22], lineIndex: 4 });
});

test("shows any other match of several lines from its start", () => {
  const shown = excerptOf(body, 0, body.indexOf("\n    TOOLS"));
  expect(shown.lineIndex).toBe(0);
  expect(shown.excerpt).toContain("tool get failed");
});
