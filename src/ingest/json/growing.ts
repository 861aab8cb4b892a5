/** Bytes that wait for more: appended at the end, used from the front, without copying what is there for each block. */
export class Growing {
  #bytes = new Uint8Array(0);
  #from = 0;
  #to = 0;

  get length(): number {
    return this.#to - this.#from;
  }

  /** What waits, with `block` behind it. The view is valid until the next call. */
  append(block: Uint8Array): Uint8Array {
    if (this.#to + block.length > this.#bytes.length) {
      const need = this.length + block.length;
      const room = need <= this.#bytes.length / 2 ? this.#bytes : new Uint8Array(Math.max(need * 2, 65536));
      room.set(this.#bytes.subarray(this.#from, this.#to));
      this.#bytes = room;
      this.#to -= this.#from;
      this.#from = 0;
    }
    this.#bytes.set(block, this.#to);
    this.#to += block.length;
    return this.view();
  }

  view(): Uint8Array {
    return this.#bytes.subarray(this.#from, this.#to);
  }

  /** Forgets the first `count` bytes. */
  drop(count: number): void {
    this.#from += count;
    if (this.#from < this.#to) return;
    this.#from = this.#to = 0;
    if (this.#bytes.length > KEEP) this.#bytes = new Uint8Array(0);
  }

  /** Forgets what lies behind the first `length` bytes. */
  cutTo(length: number): void {
    this.#to = this.#from + Math.min(length, this.length);
  }
}

const KEEP = 1 << 22;
