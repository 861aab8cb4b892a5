import type { Literals, Prefilter } from "../../records/prefilter.ts";
import { decode, plain } from "./line.ts";
import type { Give } from "./section.ts";
import type { Sparse } from "./sparse.ts";
import { Window } from "./window.ts";

/**
 * A line that is longer than a record may be: never held as a whole. Around each hit (or, unscanned, at its start) a
 * part is given out as a record of its own, cut. Hits that lie within the same part share it.
 */
export class GiantLine {
  readonly #start: number;
  readonly #number: number;
  readonly #scanner: Scanner | null;
  readonly #around: number;
  readonly #give: Give;
  readonly #window: Window;
  #scanned: number;
  /** End of the part given out last. */
  #given: number;
  #part: Part | null = null;

  constructor(start: number, number: number, scanner: Scanner | null, around: number, give: Give) {
    this.#start = start;
    this.#number = number;
    this.#scanner = scanner;
    this.#around = around;
    this.#give = give;
    this.#window = new Window(start);
    this.#scanned = start;
    this.#given = start;
    if (scanner === null) this.#part = { from: start, to: start + 2 * around, hits: new Set() };
  }

  push(piece: Uint8Array): void {
    this.#window.append(piece);
    if (this.#scanner !== null) this.#scan(this.#scanner);
    const { end } = this.#window;
    if (this.#part !== null && this.#part.to <= end) this.#giveOut(this.#part);
    const longest = this.#scanner?.prefilter.longest ?? 0;
    this.#window.release(this.#part?.from ?? end - this.#around - longest);
  }

  /** Its end has come; returns the offset after it. */
  end(): number {
    if (this.#part !== null) this.#giveOut(this.#part);
    return this.#window.end;
  }

  #scan({ literals, prefilter }: Scanner): void {
    const from = Math.max(this.#window.base, this.#scanned - prefilter.longest + 1);
    const bytes = this.#window.slice(from, this.#window.end);
    prefilter.scan(bytes, 0, bytes.length, (offset, id) => {
      const end = from + offset + literals.list[id]!.length;
      if (end > this.#scanned) this.#hit(from + offset, end, id);
    });
    this.#scanned = this.#window.end;
  }

  #hit(start: number, end: number, id: number): void {
    if (this.#part !== null && end > this.#part.to) this.#giveOut(this.#part);
    if (this.#part === null) {
      const from = Math.max(this.#start, start - this.#around, Math.min(this.#given, start));
      this.#part = { from, to: Math.max(end, start + this.#around), hits: new Set() };
    }
    this.#part.hits.add(id);
  }

  #giveOut(part: Part): void {
    this.#part = null;
    this.#given = Math.min(part.to, this.#window.end);
    const text = plain(decode(this.#window.slice(part.from, this.#given)));
    const line = {
      start: part.from,
      end: this.#given,
      number: this.#number,
      stream: null,
      text,
      partial: false,
      starts: true,
      envelopes: [],
      time: null,
      level: null,
    };
    this.#give([line], true, this.#scanner === null ? null : part.hits);
  }
}

/** The literals, what finds them, and what thins out those that only mark a place. */
export interface Scanner {
  literals: Literals;
  prefilter: Prefilter;
  sparse: Sparse;
}

interface Part {
  from: number;
  to: number;
  hits: Set<number>;
}
