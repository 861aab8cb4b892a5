import type { Prefilter } from "../../records/prefilter.ts";
import type { Line } from "./line.ts";

/** Hits of the prefilter that are not given out yet, in the order of the source. */
export class HitQueue {
  #offsets: number[] = [];
  #ids: number[] = [];
  #head = 0;

  get empty(): boolean {
    return this.#head === this.#offsets.length;
  }

  get first(): number {
    return this.#offsets[this.#head]!;
  }

  get firstId(): number {
    return this.#ids[this.#head]!;
  }

  /** `bytes` are whole lines that begin at the absolute offset `base`. */
  scan(prefilter: Prefilter, bytes: Uint8Array, base: number): void {
    prefilter.scan(bytes, 0, bytes.length, (offset, literal) => {
      this.#offsets.push(base + offset);
      this.#ids.push(literal);
    });
  }

  dropFirst(): void {
    this.#head += 1;
    if (this.empty) this.#clear();
  }

  /** The literals hit within these lines (of one stream, so not all between them). */
  within(lines: readonly Line[]): ReadonlySet<number> {
    const found = new Set<number>();
    let at = this.#head;
    for (const line of lines) {
      while (at < this.#offsets.length && this.#offsets[at]! < line.start) at += 1;
      while (at < this.#offsets.length && this.#offsets[at]! < line.end) {
        found.add(this.#ids[at]!);
        at += 1;
      }
    }
    return found;
  }

  #clear(): void {
    this.#offsets = [];
    this.#ids = [];
    this.#head = 0;
  }
}
