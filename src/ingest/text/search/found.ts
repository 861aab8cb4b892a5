/** Collects hits and reports them in the order of their ends. */
export class Found {
  readonly #literals: readonly Uint8Array[];
  /** `end * 65536 + id`: numbers sort without objects. */
  #keys = new Float64Array(256);
  #count = 0;
  #sorted = true;

  constructor(literals: readonly Uint8Array[]) {
    this.#literals = literals;
  }

  add(start: number, id: number): void {
    if (this.#count === this.#keys.length) {
      const grown = new Float64Array(this.#count * 2);
      grown.set(this.#keys);
      this.#keys = grown;
    }
    const key = (start + this.#literals[id]!.length) * IDS + id;
    if (this.#count > 0 && this.#keys[this.#count - 1]! > key) this.#sorted = false;
    this.#keys[this.#count] = key;
    this.#count += 1;
  }

  /** Reports and forgets. The callback may start another search. */
  report(hit: (offset: number, literal: number) => void): void {
    if (this.#count === 0) return;
    const keys = this.#keys.slice(0, this.#count);
    if (!this.#sorted) keys.sort();
    this.#count = 0;
    this.#sorted = true;
    for (const key of keys) {
      const end = Math.floor(key / IDS);
      const id = key - end * IDS;
      hit(end - this.#literals[id]!.length, id);
    }
  }
}

const IDS = 65536;
