const EVERY = 50;

/**
 * Thins out literals that only mark a place: alone they bring no record, but a mark, once in 50 lines of a source. Asked
 * in the order of the source, whatever the block sizes.
 */
export class Sparse {
  readonly #ids: ReadonlySet<number>;
  readonly #mark: (stream: string | null, line: number) => void;
  #last = -EVERY;

  constructor(ids: ReadonlySet<number>, mark: (stream: string | null, line: number) => void) {
    this.#ids = ids;
    this.#mark = mark;
  }

  has(id: number): boolean {
    return this.#ids.has(id);
  }

  isDue(line: number): boolean {
    return line - this.#last >= EVERY;
  }

  met(stream: string | null, line: number): void {
    this.#last = line;
    this.#mark(stream, line);
  }
}
