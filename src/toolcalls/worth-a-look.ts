import { OWN, PARENT, START, WORDS, type QuietSpans } from "../records/quiet-spans.ts";
import type { TraceSpan } from "../records/trace.ts";

/** One quiet span: its place among those of a request. */
export interface Row {
  of: QuietSpans;
  n: number;
}

/**
 * The quiet spans of one trace that tell something about the record: those without a parent, those whose parent is not in
 * the trace or begins after them, and whatever is above these and above the spans that were read. All others are in order.
 */
export function worthALook(rows: readonly Row[], read: readonly TraceSpan[]): Row[] {
  if (rows.length === 0) return [];
  const others = wordsOf(read);
  const places = new Places(rows.length + read.length);
  for (const [n, { of, n: own }] of rows.entries()) places.put(of.words, own * WORDS, n);
  for (let n = 0; n < read.length; n++) places.put(others, n * WORDS, rows.length + n);

  const picked = new Set<number>();
  /** Takes a span, and what is above it. */
  function pick(from: number): void {
    for (let n = from; n >= 0 && n < rows.length && !picked.has(n);) {
      picked.add(n);
      const { of, n: own } = rows[n]!;
      n = places.find(of.words, own * WORDS + PARENT);
    }
  }

  for (let n = 0; n < read.length; n++) pick(places.find(others, n * WORDS + PARENT));
  for (const [n, { of, n: own }] of rows.entries()) {
    const parent = places.find(of.words, own * WORDS + PARENT);
    const row = rows[parent];
    if (
      parent < 0 ||
      (row === undefined
        ? isBefore(of.words, own, others, parent - rows.length)
        : isBefore(of.words, own, row.of.words, row.n))
    )
      pick(n);
  }
  return [...picked].sort((a, b) => a - b).map((n) => rows[n]!);
}

/** Whether the n-th of some spans begins before another. */
function isBefore(words: Uint32Array, n: number, theirs: Uint32Array, other: number): boolean {
  const [at, to] = [n * WORDS + START, other * WORDS + START];
  return words[at]! < theirs[to]! || (words[at] === theirs[to] && words[at + 1]! < theirs[to + 1]!);
}

/** Ids of spans, two words each, and a number for each: the first that was put. */
class Places {
  #slots: Uint32Array;
  #mask: number;

  constructor(most: number) {
    const count = 2 ** Math.ceil(Math.log2(most * 2 + 2));
    this.#slots = new Uint32Array(count * 3);
    this.#mask = count - 1;
  }

  put(words: Uint32Array, at: number, n: number): void {
    const [high, low] = [words[at + OWN]!, words[at + OWN + 1]!];
    const slot = this.#slot(high, low);
    if ((high === 0 && low === 0) || this.#slots[slot + 2] !== 0) return;
    this.#slots[slot] = high;
    this.#slots[slot + 1] = low;
    this.#slots[slot + 2] = n + 1;
  }

  /** The number of the id whose words stand there; -1 for none. */
  find(words: Uint32Array, at: number): number {
    return this.#slots[this.#slot(words[at]!, words[at + 1]!) + 2]! - 1;
  }

  /** Where the id is, or may be put. */
  #slot(high: number, low: number): number {
    const slots = this.#slots;
    for (let n = Math.imul(high ^ Math.imul(low, 0x9e3779b1), 0x85ebca6b) >>> 7; ; n++) {
      const at = (n & this.#mask) * 3;
      if (slots[at + 2] === 0 || (slots[at] === high && slots[at + 1] === low)) return at;
    }
  }
}

/** The words of the ids and starts of spans; all zeros for one whose id is none of OpenTelemetry. */
function wordsOf(spans: readonly TraceSpan[]): Uint32Array {
  const words = new Uint32Array(spans.length * WORDS);
  for (const [n, { spanId, parentSpanId, startNs }] of spans.entries()) {
    const at = n * WORDS;
    if (!HEX.test(spanId)) continue;
    words[at + OWN] = Number.parseInt(spanId.slice(0, 8), 16);
    words[at + OWN + 1] = Number.parseInt(spanId.slice(8), 16);
    if (parentSpanId !== null && HEX.test(parentSpanId)) {
      words[at + PARENT] = Number.parseInt(parentSpanId.slice(0, 8), 16);
      words[at + PARENT + 1] = Number.parseInt(parentSpanId.slice(8), 16);
    }
    words[at + START] = Number((startNs ?? 0n) >> 32n);
    words[at + START + 1] = Number((startNs ?? 0n) & 0xffffffffn);
  }
  return words;
}

const HEX = /^[0-9a-f]{16}$/;
