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
  const places = new Places(rows.length + read.length);
  for (const [n, { of, n: own }] of rows.entries()) places.put(of.words, own * WORDS, n);
  const scratch = new Uint32Array(WORDS);
  for (const [n, span] of read.entries()) if (wordsOf(span, scratch)) places.put(scratch, 0, rows.length + n);

  const picked = new Set<number>();
  /** Takes a span, and what is above it. */
  function pick(from: number): void {
    for (let n = from; n >= 0 && n < rows.length && !picked.has(n);) {
      picked.add(n);
      const { of, n: own } = rows[n]!;
      n = places.find(of.words, own * WORDS + PARENT);
    }
  }

  for (const span of read) if (wordsOf(span, scratch)) pick(places.find(scratch, PARENT));
  for (const [n, { of, n: own }] of rows.entries()) {
    const { words } = of;
    const at = own * WORDS;
    const parent = places.find(words, at + PARENT);
    if (parent < 0 || isBefore(words, at, parent)) pick(n);
  }

  function isBefore(words: Uint32Array, at: number, parent: number): boolean {
    const row = rows[parent];
    if (row === undefined) wordsOf(read[parent - rows.length]!, scratch);
    const [theirs, from] = row === undefined ? [scratch, 0] : [row.of.words, row.n * WORDS];
    const [high, low] = [theirs[from + START]!, theirs[from + START + 1]!];
    return words[at + START]! < high || (words[at + START]! === high && words[at + START + 1]! < low);
  }

  return [...picked].sort((a, b) => a - b).map((n) => rows[n]!);
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
    if (this.#slots[slot + 2] !== 0) return;
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

/** The words of a span's ids and start; false for ids that are none of OpenTelemetry. */
function wordsOf({ spanId, parentSpanId, startNs }: TraceSpan, words: Uint32Array): boolean {
  if (!HEX.test(spanId)) return false;
  words[OWN] = Number.parseInt(spanId.slice(0, 8), 16);
  words[OWN + 1] = Number.parseInt(spanId.slice(8), 16);
  const parent = parentSpanId !== null && HEX.test(parentSpanId) ? parentSpanId : "";
  words[PARENT] = parent === "" ? 0 : Number.parseInt(parent.slice(0, 8), 16);
  words[PARENT + 1] = parent === "" ? 0 : Number.parseInt(parent.slice(8), 16);
  words[START] = Number((startNs ?? 0n) >> 32n);
  words[START + 1] = Number((startNs ?? 0n) & 0xffffffffn);
  return true;
}

const HEX = /^[0-9a-f]{16}$/;
