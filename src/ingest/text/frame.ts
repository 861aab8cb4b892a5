import { openFold } from "./folds/open.ts";
import type { Fold } from "./folds/fold.ts";
import { STAR_HEAD } from "./folds/shapes.ts";
import type { Line } from "./line.ts";

/**
 * Frames one record, line by line, from its first line on. It knows nothing of what came before: that is what makes
 * framing around a hit equal to framing everything (docs/scanner.md).
 */
export class Frame {
  /** The record was longer than its cap and ends there. */
  truncated = false;
  readonly #lines: Line[] = [];
  /** So many of `#lines` belong to the record; the others wait for a verdict. */
  #kept = 0;
  /** Null until the first line is whole. */
  #fold: Fold | null = null;
  #bytes = 0;
  /** What is known of a line that the runtime cut into parts. */
  #parts = "";
  readonly #cap: number;

  constructor(first: Line, cap: number) {
    this.#cap = cap;
    this.#take(first);
    this.#kept = 1;
  }

  /** Offers the next line of the stream. False: the record is over (see `lines` for where). */
  offer(line: Line, starts: boolean): boolean {
    if (starts) return false;
    if (this.#bytes + line.end - line.start > this.#cap) {
      this.truncated = true;
      this.#kept = this.#lines.length;
      return false;
    }
    return this.#take(line);
  }

  get first(): Line {
    return this.#lines[0]!;
  }

  /** The lines of the record; final once it is over. */
  get lines(): readonly Line[] {
    return this.#kept === this.#lines.length ? this.#lines : this.#lines.slice(0, this.#kept);
  }

  #take(line: Line): boolean {
    this.#lines.push(line);
    this.#bytes += line.end - line.start;
    const text = this.#parts + line.text;
    this.#parts = line.partial ? text : "";
    if (line.partial) return true;
    if (this.#fold === null) {
      this.#fold = openFold(text, this.first.starts);
      this.#kept = this.#lines.length;
      return true;
    }
    if (text.startsWith("*****") && STAR_HEAD.test(text) && this.#fold.holdsStars !== true) return false;
    const verdict = this.#fold.step(text);
    if (verdict === "split") return false;
    if (verdict === "maybe") return true;
    if (verdict !== "join") this.#fold = verdict;
    this.#kept = this.#lines.length;
    return true;
  }
}
