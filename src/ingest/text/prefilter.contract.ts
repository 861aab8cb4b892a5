import fc from "fast-check";
import { expect, test } from "vitest";
import type { Prefilter } from "../../records/prefilter.ts";

/** What every prefilter engine must do. Call it from the engine's own test. */
export function prefilterContract(name: string, create: (literals: readonly string[]) => Prefilter): void {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const scan = (engine: Prefilter, input: Uint8Array, from = 0, to = input.length): Hit[] => {
    const hits: Hit[] = [];
    engine.scan(input, from, to, (offset, literal) => hits.push([offset, literal]));
    return hits;
  };

  test(`${name}: finds each literal where it stands, whatever its case`, () => {
    const engine = create(["unexpected keyword", "tool"]);
    expect(scan(engine, bytes("The TOOL got an Unexpected Keyword: tool"))).toEqual([
      [4, 1],
      [16, 0],
      [36, 1],
    ]);
    expect(engine.longest).toBe(18);
  });

  test(`${name}: folds ASCII letters only`, () => {
    // 0x40/0x60, 0x5b/0x7b and 0x5f/0x7f differ in the bit that makes letters lower case.
    expect(scan(create(["a_b{c`d@"]), bytes("A\x7fB[C@D` A_B[C`D@ A_B{C`D@"))).toEqual([[18, 0]]);
  });

  test(`${name}: finds overlapping and nested literals, in the order of their ends`, () => {
    const engine = create(["toolcalls", "callsome", "calls", "aaaa"]);
    expect(scan(engine, bytes("toolcallsome aaaaa"))).toEqual([
      [0, 0],
      [4, 2],
      [4, 1],
      [13, 3],
      [14, 3],
    ]);
  });

  test(`${name}: sees nothing outside of its range`, () => {
    const engine = create(["error", "rorerror"]);
    const input = bytes("errorerror");
    expect(scan(engine, input, 1, 10)).toEqual([
      [5, 0],
      [2, 1],
    ]);
    expect(scan(engine, input, 2, 9)).toEqual([]);
    expect(scan(engine, input, 0, 5)).toEqual([[0, 0]]);
    expect(scan(engine, input.subarray(5))).toEqual([[0, 0]]);
    expect(scan(engine, input, 5, 5)).toEqual([]);
  });

  test(`${name}: finds the same at every alignment, in a long text as in short ones`, () => {
    const list = ["unexpected keyword", "not found", "oops", "errno", "tool call"];
    const engine = create(list);
    const line = "2026-11-24 INFO a tool was called, nothing unexpected; key words found: 12 ";
    const text = Array.from({ length: 3000 }, (_, i) =>
      i % 71 === 0 ? `${" ".repeat(i % 9)}${list[i % 5]!.toUpperCase()} ` : line,
    ).join("");
    for (let shift = 0; shift < 8; shift += 1) {
      const input = bytes(" ".repeat(shift) + text).subarray(shift);
      expect(scan(engine, input)).toEqual(naive(list, input, 0, input.length));
      expect(scan(engine, input.subarray(shift, 400))).toEqual(naive(list, input.subarray(shift, 400), 0, 400 - shift));
    }
  });

  test(`${name}: works without literals, on no bytes, and inside of its own callback`, () => {
    expect(scan(create([]), bytes("error"))).toEqual([]);
    const engine = create(["error"]);
    expect(scan(engine, bytes(""))).toEqual([]);
    const seen: Hit[] = [];
    engine.scan(bytes("error error"), 0, 11, (offset) =>
      seen.push(...scan(engine, bytes(`${" ".repeat(offset)}error`))),
    );
    expect(seen).toEqual([
      [0, 0],
      [6, 0],
    ]);
  });

  test(`${name}: finds what a naive search finds`, () => {
    // A small alphabet, so that random text is full of near misses; letters of both cases and bytes beyond ASCII.
    const letter = fc.constantFrom("a", "b", "c", " ", "_", "1");
    const literals = fc.uniqueArray(
      fc.oneof(
        fc.string({ unit: letter, minLength: 4, maxLength: 7 }),
        fc.string({ unit: letter, minLength: 8, maxLength: 24 }),
      ),
      { minLength: 1, maxLength: 40 },
    );
    const noise = fc.string({
      unit: fc.constantFrom("a", "b", "c", "A", "B", "C", " ", "_", "1", "é", "\n"),
      maxLength: 60,
    });
    fc.assert(
      fc.property(
        literals,
        fc.array(fc.tuple(noise, fc.nat(), fc.boolean()), { maxLength: 20 }),
        fc.nat(),
        (list, parts, skip) => {
          const text = parts
            .map(([before, pick, upper]) => {
              const literal = list[pick % list.length]!;
              return before + (upper ? literal.toUpperCase() : literal);
            })
            .join("");
          const input = bytes(text);
          const from = Math.min(input.length, skip % 7);
          const to = input.length - (skip % 5 === 0 ? Math.min(3, input.length - from) : 0);
          expect(scan(create(list), input, from, to).toSorted(byEnd(list))).toEqual(naive(list, input, from, to));
          const ends = scan(create(list), input, from, to).map(([offset, id]) => offset + list[id]!.length);
          expect(ends).toEqual(ends.toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 300 },
    );
  });
}

type Hit = [offset: number, literal: number];

function naive(list: readonly string[], input: Uint8Array, from: number, to: number): Hit[] {
  const text = Array.from(input.subarray(from, to), (byte) => String.fromCharCode(byte))
    .join("")
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const hits: Hit[] = [];
  for (const [id, literal] of list.entries()) {
    for (let at = text.indexOf(literal); at !== -1; at = text.indexOf(literal, at + 1)) hits.push([from + at, id]);
  }
  return hits.toSorted(byEnd(list));
}

function byEnd(list: readonly string[]): (a: Hit, b: Hit) => number {
  return (a, b) => a[0] + list[a[1]]!.length - b[0] - list[b[1]]!.length || a[1] - b[1];
}
