import { Frame } from "./frame.ts";
import type { Limits } from "./limits.ts";
import type { Line } from "./line.ts";
import type { Lines } from "./lines.ts";
import { Streams } from "./streams.ts";

/**
 * Finds the record of a line: walks back to a line that starts a record for certain, frames forward from there. One
 * stream at a time.
 *
 * Where no line starts a record for certain, one starts anyway at the first line of a chunk (of absolute offsets), if
 * the chunk before had no certain start either. So a walk back ends within two chunks, and finds what framing from
 * the beginning finds.
 */
export class Framing {
  readonly #lines: Lines;
  readonly #streams: Streams;
  readonly #limits: Limits;
  /** By stream: where the record after the last framed one starts. */
  readonly #done = new Map<string | null, Known>();
  #open: Open | null = null;

  constructor(lines: Lines, limits: Limits) {
    this.#lines = lines;
    this.#streams = new Streams(lines, limits);
    this.#limits = limits;
  }

  /**
   * The record with the line at `start`. "known": it was given out before. "wait": bytes are missing; ask again for
   * the same line when there are more.
   */
  around(start: number): Frame | "known" | "wait" {
    if (this.#open === null) {
      const line = this.#lines.at(start);
      if (line === "wait") return "wait";
      const known = this.#done.get(line.stream);
      if (known !== undefined && start < known.start) return "known";
      const from = this.#startOf(line, known);
      if (from === "wait") return "wait";
      this.#open = { ...from, frame: new Frame(from.last, this.#limits.maxRecord), target: start };
    }
    return this.#forward(this.#open);
  }

  /** First byte that is still needed, when the next line asked for starts at `next`. */
  needs(next: number): number {
    const back = (this.#chunkOf(next) - 1) * this.#limits.chunk;
    return this.#open === null ? back : Math.min(back, this.#open.frame.first.start);
  }

  release(offset: number): void {
    for (const [stream, known] of this.#done) if (known.start < offset) this.#done.delete(stream);
  }

  #forward(open: Open): Frame | "wait" {
    for (;;) {
      const next = this.#streams.next(open.last);
      if (next === "wait") return "wait";
      if (next !== null && open.frame.offer(next, isCertain(next, open.last) || this.#isForced(next, open))) {
        open.last = next;
        continue;
      }
      const over = open.frame;
      const last = over.lines.at(-1)!;
      const after = this.#streams.next(last);
      if (after === "wait") return "wait";
      this.#done.set(last.stream, { start: after?.start ?? last.end, certain: open.certain });
      if (last.start >= open.target || after === null) {
        this.#open = null;
        return over;
      }
      if (isCertain(after, last)) open.certain = after.start;
      open.frame = new Frame(after, this.#limits.maxRecord);
      open.last = after;
    }
  }

  #isForced(line: Line, open: Open): boolean {
    const chunk = this.#chunkOf(line.start);
    return this.#chunkOf(open.last.start) !== chunk && open.certain < (chunk - 1) * this.#limits.chunk;
  }

  #chunkOf(offset: number): number {
    return Math.floor(offset / this.#limits.chunk);
  }

  /** The nearest line at or before `line` that starts a record. */
  #startOf(line: Line, known: Known | undefined): { last: Line; certain: number } | "wait" {
    const chunk = this.#chunkOf(line.start);
    let at = line;
    let first = line;
    for (;;) {
      const before = this.#streams.previous(at);
      if (before === "wait") return "wait";
      if (before === null || isCertain(at, before)) return { last: at, certain: at.start };
      if (at.start === known?.start) return { last: at, certain: known.certain };
      if (this.#chunkOf(before.start) < chunk - 1) return { last: first, certain: -1 };
      at = before;
      if (this.#chunkOf(at.start) === chunk) first = at;
    }
  }
}

interface Known {
  start: number;
  /** Start of the last certain line before it. */
  certain: number;
}

interface Open {
  frame: Frame;
  last: Line;
  /** Start of the last certain line up to `last`; -1: none that matters. */
  certain: number;
  target: number;
}

function isCertain(line: Line, before: Line): boolean {
  return line.starts && !before.partial;
}
