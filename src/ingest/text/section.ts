import { Framing } from "./framing.ts";
import type { Scanner } from "./giant.ts";
import { HitQueue } from "./hits.ts";
import type { Limits } from "./limits.ts";
import { Lines } from "./lines.ts";
import type { Line } from "./line.ts";
import type { Sparse } from "./sparse.ts";
import { Window } from "./window.ts";

/** Gives a record out: its lines, whether it was cut, and the literals in it (null when not scanned). */
export type Give = (lines: readonly Line[], truncated: boolean, hits: ReadonlySet<number> | null) => void;

/** A run of lines none of which is longer than a record may be. Records never reach over its bounds. */
export class Section {
  readonly window: Window;
  readonly lines: Lines;
  readonly #scanner: Scanner | null;
  readonly #framing: Framing;
  readonly #hits = new HitQueue();
  readonly #limits: Limits;
  readonly #give: Give;
  /** Without a scanner: the next line to give out. */
  #cursor: number;
  /** Of the hit looked at last. */
  #line = { start: 0, end: 0 };

  constructor(start: number, number: number, scanner: Scanner | null, limits: Limits, give: Give) {
    this.window = new Window(start);
    this.lines = new Lines(this.window, number, limits);
    this.#scanner = scanner;
    this.#framing = new Framing(this.lines, limits);
    this.#limits = limits;
    this.#give = give;
    this.#cursor = start;
  }

  /** Takes more bytes; `ready`: the end of the last whole line. */
  push(piece: Uint8Array, ready: number): void {
    this.window.append(piece);
    if (ready > this.lines.ready) this.#advance(ready);
  }

  end(): void {
    this.lines.ended = true;
    this.#advance(this.window.end);
  }

  /** Lines of the source up to here. */
  get linesSoFar(): number {
    const { lines, window } = this;
    const unended = lines.ended && window.end > window.base && window.lineStart(window.end) < window.end;
    return lines.numberAt(lines.ready) - 1 + (unended ? 1 : 0);
  }

  /** Each byte is scanned once: literals hold no line feed, so whole lines need no overlap. */
  #advance(ready: number): void {
    const from = this.lines.ready;
    this.lines.ready = ready;
    if (this.#scanner === null) this.#giveAll();
    else {
      this.#hits.scan(this.#scanner.prefilter, this.window.slice(from, ready), from);
      this.#giveHits(this.#scanner.sparse);
    }
    this.#release();
  }

  #giveHits(sparse: Sparse): void {
    while (!this.#hits.empty) {
      const start = this.#lineOf(this.#hits.first);
      if (sparse.has(this.#hits.firstId)) {
        if (this.#mark(start, sparse) === "wait") return;
        this.#hits.dropFirst();
        continue;
      }
      const found = this.#framing.around(start);
      if (found === "wait") return;
      if (found === "known") {
        this.#hits.dropFirst();
        continue;
      }
      const ids = this.#hits.within(found.lines);
      if (ids.size > 0) this.#give(found.lines, found.truncated, ids);
    }
  }

  #mark(start: number, sparse: Sparse): "wait" | void {
    const number = this.lines.numberAt(start);
    if (!sparse.isDue(number)) return;
    const stream = this.lines.streamAt(start);
    if (stream === "wait") return "wait";
    sparse.met(stream.of, number);
  }

  #giveAll(): void {
    while (this.#cursor < this.lines.ready) {
      const found = this.#framing.around(this.#cursor);
      if (found === "wait") return;
      this.#cursor = this.window.lineEnd(this.#cursor);
      if (found !== "known" && found.lines.some(hasText)) this.#give(found.lines, found.truncated, null);
    }
  }

  /**
   * A record's start must not depend on where blocks end: what is let go is nothing that an answer to come may look at.
   */
  #release(): void {
    const { lines, window } = this;
    const next =
      this.#scanner === null ? this.#cursor : this.#hits.empty ? lines.ready : this.#lineOf(this.#hits.first);
    const needed = Math.min(this.#framing.needs(next), lines.ready);
    // In large steps, since each costs a copy of what is kept.
    if (needed - this.#limits.reachBytes - window.base < 2 * this.#limits.chunk) return;
    const offset = lines.reachOf(needed);
    lines.release(offset);
    this.#framing.release(offset);
  }

  /** Start of the line of a hit; hits of one line, that may be long, look for it once. */
  #lineOf(offset: number): number {
    if (offset < this.#line.start || offset >= this.#line.end) {
      const start = this.window.lineStart(offset);
      this.#line = { start, end: this.window.lineEnd(start) };
    }
    return this.#line.start;
  }
}

function hasText(line: Line): boolean {
  return line.text.trim() !== "";
}
