import { expect, test } from "vitest";
import { dedented } from "./dedent.ts";

function of(text: string): [prefix: string, text: string] | null {
  const found = dedented(new TextEncoder().encode(text));
  return found === null ? null : [found.prefix, new TextDecoder().decode(found.bytes)];
}

test("takes off what all lines begin with", () => {
  expect(of("    a:\n\n      b\n    c\n")).toEqual(["    ", "a:\n\n  b\nc\n"]);
  expect(of("\ta\n\tb\n\t\tc")).toEqual(["\t", "a\nb\n\tc"]);
  expect(of("> a\n>\n>   b\n> ü\n")).toEqual(["> ", "a\n\n  b\nü\n"]);
});

test("leaves other texts alone", () => {
  for (const text of ["", "a\n  b\n  c", "  a\n  b", " a\n b\n c", "    a\n    b\nc\n", ">>> a\n>>> b\nc", "\n\n\n"])
    expect(of(text)).toBeNull();
});
