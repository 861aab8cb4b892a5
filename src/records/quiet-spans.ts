import type { Span } from "./records.ts";

/**
 * The places and times of spans that say nothing of agents, in numbers: there may be millions, and of nearly all of them
 * nobody asks more than where they belong. Words of 32 bits, `WORDS` for each span, the higher one first.
 */
export class QuietSpans {
  count = 0;
  words = new Uint32Array(FEW * WORDS);
  readonly names: string[] = [];
  readonly around: Around[] = [];

  /** Makes room for one more, and gives the place of its words: all zeros. */
  add(name: string, around: Around): number {
    const at = this.count++ * WORDS;
    if (at === this.words.length) {
      const more = new Uint32Array(at * 2);
      more.set(this.words);
      this.words = more;
    }
    this.names.push(name);
    this.around.push(around);
    return at;
  }
}

/** What stands around a span: the resource and the scope it belongs to, and where it was read. */
export type Around = Pick<Span, "scope" | "resource" | "source">;

export const WORDS = 13;
/** Four words. */
export const TRACE = 0;
/** Two words each; no parent, no time: zeros. */
export const OWN = 4;
export const PARENT = 6;
export const START = 8;
export const END = 10;
/** The numbers of OTLP: the kind in the lower byte, the status above it. */
export const KIND_AND_CODE = 12;

const FEW = 8;
