import type { Reader, Sink } from "../../records/format.ts";
import type { Literals, Prefilter } from "../../records/prefilter.ts";
import { Framing } from "./framing.ts";
import type { Frame } from "./frame.ts";
import { GiantLine } from "./giant.ts";
import { HitQueue } from "./hits.ts";
import { Lines, REACH_BYTES } from "./lines.ts";
import type { Line } from "./lines.ts";
import { NEWLINE } from "./newlines.ts";
import { recordOf } from "./record.ts";
import { Transcoder } from "./transcode.ts";
import { Window } from "./window.ts";

/**
 * Reads a text log. With literals and a prefilter, only records with a hit are framed, decoded and given out (`hits`
 * says which); with null for either, all records are. Both frame alike: see docs/scanner.md.
 *
 * `records` counts lines that were not looked at as one record each.
 */
export function openText(
  source: string,
  sink: Sink,
  literals: Literals | null,
  prefilter: Prefilter | null,
  options: { maxRecord?: number } = {},
): Reader {
  return new TextReader(source, sink, literals === null ? null : prefilter, options.maxRecord ?? 1024 * 1024);
}

class TextReader implements Reader {
  readonly #source: string;
  readonly #sink: Sink;
  readonly #prefilter: Prefilter | null;
  readonly #maxRecord: number;
  readonly #input = new Transcoder();
  readonly #window = new Window();
  readonly #lines = new Lines(this.#window);
  #framing: Framing;
  readonly #hits = new HitQueue();
  #giant: GiantLine | null = null;
  /** Without a prefilter: the next line to give out. */
  #cursor = 0;
  #emitted = 0;
  /** Lines of given out records beyond the first of each. */
  #folded = 0;

  constructor(source: string, sink: Sink, prefilter: Prefilter | null, maxRecord: number) {
    this.#source = source;
    this.#sink = sink;
    this.#prefilter = prefilter;
    this.#maxRecord = maxRecord;
    this.#framing = new Framing(this.#lines, maxRecord);
  }

  get records(): number {
    if (this.#prefilter === null) return this.#emitted;
    return this.#lines.numberAt(this.#lines.ready) - 1 - this.#folded;
  }

  push(bytes: Uint8Array): void {
    const text = this.#input.push(bytes);
    // No piece is longer than the longest record, so a longer line is always met at the end of what is held.
    for (let from = 0; from < text.length; from += this.#maxRecord) {
      this.#take(text.subarray(from, from + this.#maxRecord));
    }
  }

  end(): void {
    this.#take(this.#input.end());
    if (this.#giant !== null) this.#endGiant(new Uint8Array(0));
    this.#finish();
  }

  #take(piece: Uint8Array): void {
    if (piece.length === 0) return;
    if (this.#giant !== null) {
      const end = piece.indexOf(NEWLINE) + 1;
      if (end === 0) return this.#giant.push(piece);
      this.#endGiant(piece.subarray(0, end));
      return this.#take(piece.subarray(end));
    }
    const start = this.#lines.ready;
    const before = this.#window.end;
    const newline = piece.indexOf(NEWLINE);
    const lineLength = before - start + (newline === -1 ? piece.length : newline);
    this.#window.append(piece);
    if (lineLength > this.#maxRecord) return this.#startGiant(newline === -1 ? -1 : before + newline + 1);
    if (newline === -1) return;
    this.#advance(before + piece.lastIndexOf(NEWLINE) + 1);
  }

  /** All lines before `ready` are here now. */
  #advance(ready: number): void {
    const lines = this.#lines;
    const from = lines.ready;
    if (this.#prefilter !== null) this.#hits.scan(this.#prefilter, this.#window.slice(from, ready), from);
    lines.ready = ready;
    if (this.#prefilter === null) this.#giveAll();
    else this.#giveHits();
    this.#release();
  }

  #giveHits(): void {
    const hits = this.#hits;
    while (!hits.empty) {
      const start = this.#window.lineStart(hits.first);
      const found = this.#framing.around(start);
      if (found === "wait") return;
      if (found === "known") hits.dropBefore(this.#window.lineEnd(start));
      else {
        const ids = hits.within(found.lines);
        if (ids.size > 0) this.#emit(found, ids);
      }
    }
  }

  #giveAll(): void {
    while (this.#cursor < this.#lines.ready) {
      const found = this.#framing.around(this.#cursor);
      if (found === "wait") return;
      this.#cursor = this.#window.lineEnd(this.#cursor);
      if (found !== "known" && !isEmpty(found.lines)) this.#emit(found, null);
    }
  }

  #emit(frame: Frame, hits: ReadonlySet<number> | null): void {
    const { lines } = frame;
    const record = recordOf(this.#source, lines, hits);
    this.#emitted += 1;
    this.#folded += lines.length - 1;
    this.#sink.log({
      ...record,
      truncated: frame.truncated,
      byteOffset: this.#input.offsetOf(record.byteOffset, this.#window),
    });
  }

  #release(): void {
    const lines = this.#lines;
    const next = this.#prefilter === null ? this.#cursor : this.#hits.empty ? lines.ready : this.#hits.first;
    const needed = Math.min(this.#framing.needs(next), lines.ready) - REACH_BYTES;
    if (needed - this.#window.base < SLACK) return;
    const offset = this.#window.lineStart(needed);
    lines.release(offset);
    this.#framing.release(offset);
  }

  #finish(): void {
    this.#lines.ended = true;
    this.#advance(this.#window.end);
  }

  #startGiant(_end: number): void {}
  #endGiant(_rest: Uint8Array): void {}
}

/** Released from the front of the window in steps of at least this many bytes. */
const SLACK = 256 * 1024;

function isEmpty(lines: readonly Line[]): boolean {
  return lines.every((line) => line.text.trim() === "");
}
