import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { requiredLiterals } from "./literals.ts";

describe("requiredLiterals", () => {
  test.each([
    [
      "(?<tool>\\w+)\\(\\) got an unexpected keyword argument '(?<argument>\\w+)'",
      ["() got an unexpected keyword argument "],
    ],
    ["[Tt]ool .{1,20} not found in any workbench", [" not found in any workbench"]],
    ["(?:foo bar|baz quux)", ["foo bar", "baz quux"]],
    ["is not (?:JSON |msgpack )?serializable", ["serializable"]],
    ["(?:Missing|Absent) required parameter", [" required parameter"]],
    ["blurb_?[rR]eason: gone", ["blurb_reason: gone", "blurbreason: gone"]],
    [
      "Error (?:calling|running) (?:MCP )?tool",
      ["error calling tool", "error running tool", "error calling mcp tool", "error running mcp tool"],
    ],
    [`cod(?:e"|ing): ?-32601\\b`, [": -32601", ":-32601"]],
    ["must (?:be (?:>=?|one of) \\d|NOT match)", ["must be >", "must be \\", "must be one of", "must not match"]],
    [`[Tt]ool \\\\?["'](?<tool>\\w{1,9})\\\\?["'] failed`, ["' failed", '" failed', "u0022 failed", "u0027 failed"]],
  ])("%s", (pattern, expected) => {
    const found = requiredLiterals(pattern)!;
    expect(found.map((l) => expected.some((e) => e.startsWith(l) || l.startsWith(e)))).not.toContain(false);
  });

  test.each(["\\d+", "'[^']*'", "a|bcdefgh", "(?:longword)?x", "(?:longword)*"])("%s requires none", (pattern) => {
    expect(requiredLiterals(pattern)).toBeNull();
  });

  test("a quote stands at the edge of a literal only, also as JSON may escape it there", () => {
    expect(requiredLiterals(`property 'name' vexed`)).toEqual(["property '", "property \\"]);
  });

  test("whatever the pattern matches has one of the literals", () => {
    const word = fc.stringMatching(/^[a-z ]{1,9}$/);
    const piece = fc.oneof(
      word,
      fc.tuple(word, word).map(([a, b]) => `(?:${a}|${b})`),
      word.map((w) => `(?:${w})?`),
      fc.constant("[0-9]{1,3}"),
      fc.constant(".{0,5}"),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 6 }),
        fc.array(fc.stringMatching(/^[a-z0-9 ]{0,60}$/), { maxLength: 5 }),
        (pieces, noise) => {
          const pattern = pieces.join("");
          const literals = requiredLiterals(pattern);
          if (literals === null) return;
          const sample = pieces
            .map((p) =>
              p
                .replace(/^\(\?:([a-z ]*)\|?[a-z ]*\)\??$/, "$1")
                .replace("[0-9]{1,3}", "7")
                .replace(".{0,5}", ""),
            )
            .join("");
          for (const text of [sample, ...noise]) {
            if (new RegExp(pattern).test(text)) expect(literals.some((l) => text.includes(l))).toBe(true);
          }
          expect(new RegExp(pattern).test(sample)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
