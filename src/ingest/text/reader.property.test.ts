import fc from "fast-check";
import { expect, test } from "vitest";
import type { Sink } from "../../records/format.ts";
import type { LogRecord } from "../../records/records.ts";
import { edges, tagged } from "./edges.arbitrary.ts";
import type { Limits } from "./limits.ts";
import { blockSizes, cut, LITERALS, logs } from "./log.arbitrary.ts";
import { openText } from "./reader.ts";
import { createWuManber } from "./wu-manber.ts";

const SOAK = Number(process.env["MISFIRE_SOAK_ROUNDS"] ?? 0);
/** A whole log costs as much as a hundred damaged small ones. */
const ROUNDS = SOAK / 100 || 150;
const DAMAGED = SOAK || 10_000;
const TIMEOUT = SOAK > 0 ? 0 : 60_000;

/** Sizes so small that generated logs meet every bound; `around` is as large as the log, so that a giant line stays one. */
const SMALL: Partial<Limits> = { maxRecord: 3000, chunk: 600, reachBytes: 500, reachLines: 12, around: 1e9 };

const literals = { list: LITERALS, id: (literal: string) => LITERALS.indexOf(literal) };
const engine = createWuManber(LITERALS);

test(
  "the fast path gives out what framing everything gives out, where a literal is in it",
  () => {
    fc.assert(
      fc.property(fc.oneof(logs(), edges(), tagged()), blockSizes, fc.boolean(), (bytes, sizes, small) => {
        const limits = small ? SMALL : {};
        const all = read([bytes], false, limits).filter((record) => literalsIn(record).size > 0);
        const fast = read(cut(bytes, sizes), true, limits);
        expect(fast.toSorted(byPlace).map(shown)).toEqual(all.toSorted(byPlace).map(shown));
        for (const record of fast) expect(record.hits).toEqual(literalsIn(record));
      }),
      { numRuns: ROUNDS },
    );
  },
  TIMEOUT,
);

test(
  "block sizes change nothing, nor the order of records",
  () => {
    fc.assert(
      fc.property(
        fc.oneof(logs(), edges(), tagged()),
        blockSizes,
        fc.boolean(),
        fc.boolean(),
        (bytes, sizes, scan, small) => {
          const limits = small ? { ...SMALL, around: 100 } : {};
          expect(read(cut(bytes, sizes), scan, limits)).toEqual(read([bytes], scan, limits));
        },
      ),
      { numRuns: ROUNDS },
    );
  },
  TIMEOUT,
);

test(
  "no line is in two records, and every line with a literal is in one",
  () => {
    fc.assert(
      fc.property(logs(), blockSizes, (bytes, sizes) => {
        const numbers = read(cut(bytes, sizes), false, {}).flatMap((record) => [...new Set(record.lines)]);
        const seen = new Set(numbers);
        expect(seen.size).toBe(numbers.length);
        const encoding = bytes[0] === 0xff ? "utf-16le" : bytes[0] === 0xfe ? "utf-16be" : "utf-8";
        const lines = new TextDecoder(encoding).decode(bytes).toLowerCase().split("\n");
        let cutBefore = false;
        for (const [index, line] of lines.entries()) {
          // The second part of a line that the runtime cut has no number of its own.
          const second = cutBefore && / stdout [pf] /.test(line);
          cutBefore ||= line.includes(" stdout p ");
          if (LITERALS.some((literal) => line.includes(literal)) && !second) expect(seen).toContain(index + 1);
        }
      }),
      { numRuns: ROUNDS },
    );
  },
  TIMEOUT,
);

test(
  "damaged logs neither crash nor hang, and block sizes change nothing",
  () => {
    const byte = fc.oneof(fc.constantFrom(0, 10, 13, 27, 32, 123, 124, 155, 255), fc.nat({ max: 255 }));
    const damage = fc.array(fc.tuple(fc.nat(), byte), { maxLength: 12 });
    fc.assert(
      fc.property(
        fc.oneof({ weight: 4, arbitrary: logs(2, 2) }, edges(), tagged()),
        damage,
        blockSizes,
        fc.boolean(),
        (bytes, changes, sizes, small) => {
          const broken = bytes.slice();
          if (broken.length > 0) for (const [at, value] of changes) broken[at % broken.length] = value;
          const limits = small ? { ...SMALL, around: 50 } : {};
          expect(read(cut(broken, sizes), true, limits)).toEqual(read([broken], true, limits));
        },
      ),
      { numRuns: DAMAGED },
    );
  },
  TIMEOUT,
);

test(
  "sparse literals bring marks once in 50 lines instead of records, whatever the block sizes",
  () => {
    const sparse = new Set([0, 1, 2]);
    fc.assert(
      fc.property(logs(20, 60), blockSizes, (bytes, sizes) => {
        const marks: number[] = [];
        const few = read(cut(bytes, sizes), true, {}, sparse, marks);
        const again: number[] = [];
        expect(few).toEqual(read([bytes], true, {}, sparse, again));
        expect(marks).toEqual(again);
        const all = read([bytes], true, {});
        const own = all.filter((record) => [...record.hits!].some((id) => !sparse.has(id)));
        expect(few.toSorted(byPlace).map(shown)).toEqual(own.toSorted(byPlace).map(shown));
        for (const [i, line] of marks.entries()) if (i > 0) expect(line - marks[i - 1]!).toBeGreaterThanOrEqual(50);
        const marked = all.filter((record) => [...record.hits!].some((id) => sparse.has(id)));
        expect(marks.length > 0).toBe(marked.length > 0);
        for (const { line, lines } of marked)
          expect(marks.some((m) => m >= line - 50 && m <= lines.at(-1)! + 60)).toBe(true);
      }),
      { numRuns: ROUNDS },
    );
  },
  TIMEOUT,
);

function read(
  blocks: readonly Uint8Array[],
  scan: boolean,
  limits: Partial<Limits>,
  sparse: ReadonlySet<number> = new Set(),
  marks: number[] = [],
): LogRecord[] {
  const records: LogRecord[] = [];
  const found = scan ? { ...literals, sparse } : null;
  const reader = openText(
    "app.log",
    { ...sinkOf(records), mark: (_, line) => marks.push(line) },
    found,
    scan ? engine : null,
    limits,
  );
  for (const block of blocks) reader.push(block);
  reader.end();
  return records;
}

function sinkOf(records: LogRecord[]): Sink {
  const none = () => {};
  return { log: (record) => records.push(record), span: none, otelLog: none, exchange: none, drop: none, note: none };
}

function literalsIn(record: LogRecord): Set<number> {
  const all = `${record.text}\n${record.exception}\n${JSON.stringify(record.fields)}`.toLowerCase();
  return new Set([...LITERALS.keys()].filter((id) => all.includes(LITERALS[id]!)));
}

function byPlace(a: LogRecord, b: LogRecord): number {
  return a.byteOffset - b.byteOffset;
}

function shown(record: LogRecord): Omit<LogRecord, "hits"> {
  const { hits: _hits, ...rest } = record;
  return rest;
}
