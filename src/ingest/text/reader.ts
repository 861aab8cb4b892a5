import type { Reader, Sink } from "../../records/format.ts";
import type { Literals, Prefilter } from "../../records/prefilter.ts";
import { GiantLine } from "./giant.ts";
import type { Scanner } from "./giant.ts";
import { LIMITS } from "./limits.ts";
import type { Limits } from "./limits.ts";
import { NEWLINE } from "./newlines.ts";
import { recordOf } from "./record.ts";
import { Section } from "./section.ts";
import type { Give } from "./section.ts";
import { Sparse } from "./sparse.ts";
import { Transcoder } from "./transcode.ts";

/**
 * Reads a text log. With literals and a prefilter, only records with a hit are framed, decoded and given out (`hits`
 * says which); with null for either, all records are. Both frame alike: see docs/scanner.md.
 *
 * `records` counts every line that was not looked at as one record.
 */
export function openText(
  source: string,
  sink: Sink,
  literals: Literals | null,
  prefilter: Prefilter | null,
  options: Partial<Limits> = {},
): Reader {
  const scanner =
    literals === null || prefilter === null
      ? null
      : {
          literals,
          prefilter,
          sparse: new Sparse(literals.sparse ?? NONE, (stream, line) => sink.mark?.(stream, line)),
        };
  return new TextReader(source, sink, scanner, { ...LIMITS, ...options });
}

const NONE: ReadonlySet<number> = new Set();

class TextReader implements Reader {
  readonly #input = new Transcoder();
  readonly #scanner: Scanner | null;
  readonly #limits: Limits;
  readonly #give: Give;
  #section: Section;
  #giant: GiantLine | null = null;
  #given = 0;
  /** Lines of given out records beyond the first of each. */
  #folded = 0;

  constructor(source: string, sink: Sink, scanner: Scanner | null, limits: Limits) {
    this.#scanner = scanner;
    this.#limits = limits;
    this.#give = (lines, truncated, hits) => {
      this.#given += 1;
      this.#folded += lines.length - 1;
      const record = recordOf(source, lines, hits);
      const byteOffset = this.#input.offsetOf(record.byteOffset);
      const byteLength = this.#input.offsetOf(record.byteOffset + record.byteLength) - byteOffset;
      sink.log({ ...record, truncated, byteOffset, byteLength });
    };
    this.#section = this.#open(0, 1);
  }

  get records(): number {
    if (this.#scanner === null) return this.#given;
    return this.#section.linesSoFar - this.#folded;
  }

  push(bytes: Uint8Array): void {
    this.#pushText(this.#input.push(bytes));
  }

  end(): void {
    this.#pushText(this.#input.end());
    if (this.#giant === null) this.#section.end();
    else this.#giant.end();
  }

  #open(start: number, number: number): Section {
    return new Section(start, number, this.#scanner, this.#limits, this.#give);
  }

  /** In pieces no longer than the longest record, so that only the first line of a piece can end a giant one. */
  #pushText(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; from += this.#limits.maxRecord) {
      this.#take(bytes.subarray(from, from + this.#limits.maxRecord));
    }
  }

  #take(piece: Uint8Array): void {
    const newline = piece.indexOf(NEWLINE);
    if (this.#giant !== null) this.#takeGiant(this.#giant, piece, newline);
    else {
      const { lines, window } = this.#section;
      const open = window.end - lines.ready + (newline === -1 ? piece.length : newline);
      if (open > this.#limits.maxRecord) this.#takeGiant(this.#startGiant(), piece, newline);
      else this.#section.push(piece, newline === -1 ? -1 : window.end + piece.lastIndexOf(NEWLINE) + 1);
    }
  }

  /** The line that is open has become longer than a record may be: all before it is finished. */
  #startGiant(): GiantLine {
    const { lines, window } = this.#section;
    const start = lines.ready;
    const head = window.slice(start, window.end).slice();
    window.end = start;
    this.#section.end();
    this.#giant = new GiantLine(start, lines.numberAt(start), this.#scanner, this.#limits.around, this.#give);
    this.#giant.push(head);
    return this.#giant;
  }

  #takeGiant(giant: GiantLine, piece: Uint8Array, newline: number): void {
    if (newline === -1) return giant.push(piece);
    giant.push(piece.subarray(0, newline + 1));
    const number = this.#section.lines.numberAt(this.#section.lines.ready) + 1;
    this.#section = this.#open(giant.end(), number);
    this.#giant = null;
    if (newline + 1 < piece.length) this.#take(piece.subarray(newline + 1));
  }
}
