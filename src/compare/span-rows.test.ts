import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exportedSpan } from "../ingest/exports/span.ts";
import type { Span } from "../records/records.ts";
import { createSpanShelf } from "./span-shelf.ts";
import { spanRows } from "./span-rows.ts";

function span(n: number, parent: number | null, start: number, known: Partial<Span> = {}): Span {
  const id = (one: number): string => one.toString(16).padStart(16, "0");
  return exportedSpan(
    "t",
    null,
    { traceId: "a".repeat(32), spanId: id(n), parentSpanId: parent === null ? null : id(parent) },
    {
      name: `s${n}`,
      startNs: BigInt(start) * 1_000_000n,
      endNs: BigInt(start + 10) * 1_000_000n,
      ...known,
    },
  )!;
}

describe("the rows of a waterfall", () => {
  it("puts children below their parents, by time, with what they say of failure", () => {
    const rows = spanRows(
      [
        span(3, 1, 30, { status: { code: "error", message: "boom" } }),
        span(2, 1, 20),
        span(4, 2, 21),
        span(1, null, 10),
      ],
      [],
      10_000_000n,
    );
    expect(rows.map(({ name, depth, startMs }) => `${name} ${depth} ${startMs}`)).toEqual([
      "s1 0 0",
      "s2 1 10",
      "s4 2 11",
      "s3 1 20",
    ]);
    expect(rows[3]).toMatchObject({ failed: true, message: "boom", durationMs: 10 });
  });

  it("shows every span once, whatever the parents say", () => {
    const some = fc.array(fc.tuple(fc.nat(8), fc.option(fc.nat(9)), fc.nat(50)), { maxLength: 12 });
    fc.assert(
      fc.property(some, (drawn) => {
        const spans = drawn.map(([, parent, start], n) => span(n + 1, parent === null ? null : parent + 1, start));
        const rows = spanRows(spans, [], 0n);
        expect(rows.map(({ name }) => name).sort()).toEqual(spans.map(({ name }) => name).sort());
      }),
    );
  });

  it("goes as deep as a hostile trace wants, without a stack", () => {
    const chain = Array.from({ length: 20_000 }, (_, n) => span(n + 1, n === 0 ? null : n, n));
    const rows = spanRows(chain, [], 0n);
    expect(rows).toHaveLength(20_000);
    expect(Math.max(...rows.map(({ depth }) => depth))).toBe(60);
  });
});

describe("the shelf of spans", () => {
  it("keeps the wanted traces alone", () => {
    const shelf = createSpanShelf(new Set(["b".repeat(32)]));
    shelf.add(span(1, null, 0));
    shelf.add({ ...span(2, null, 0), traceId: "b".repeat(32) });
    expect(shelf.of(["a".repeat(32), "b".repeat(32)]).map(({ name }) => name)).toEqual(["s2"]);
    expect(shelf.dropped).toBe(0);
  });
});
