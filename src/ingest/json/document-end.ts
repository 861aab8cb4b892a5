/** Finds where a JSON document ends, over any number of blocks, without parsing it: counts brackets outside strings. */
export class DocumentEnd {
  /** Bytes of the document seen so far. */
  #seen = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #first = new Uint8Array(RESYNC);

  reset(): void {
    this.#seen = this.#depth = 0;
    this.#inString = this.#escaped = false;
  }

  /**
   * Reads on at `from`. `end`: the document ends before `at`. `broken`: it cannot go on (a line break inside a string,
   * or a line that begins as the document did); reading may start again at `at`. `more`: read on at `at` when more has come.
   */
  scan(bytes: Uint8Array, from: number, last: boolean): Scanned {
    let at = from;
    const end = bytes.length;
    while (at < end) {
      const byte = bytes[at] as number;
      if (this.#seen < RESYNC) this.#first[this.#seen] = byte;
      this.#seen++;
      at++;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inString = false;
        else if (byte === NEWLINE) return { state: "broken", at: at - 1 };
      } else if (byte === QUOTE) {
        this.#inString = true;
      } else if (byte === 0x7b || byte === 0x5b) {
        this.#depth++;
      } else if (byte === 0x7d || byte === 0x5d) {
        if (--this.#depth <= 0) return { state: "end", at };
      } else if (byte === NEWLINE && this.#seen > RESYNC) {
        if (end - at < RESYNC && !last) {
          this.#seen--;
          return { state: "more", at: at - 1 };
        }
        if (this.#beginsAgain(bytes, at)) return { state: "broken", at: at - 1 };
      }
    }
    return { state: "more", at };
  }

  /** A line that begins with the same bytes as the document: what was open was cut off before it. */
  #beginsAgain(bytes: Uint8Array, at: number): boolean {
    for (let i = 0; i < RESYNC; i++) if (bytes[at + i] !== this.#first[i]) return false;
    return true;
  }
}

export interface Scanned {
  state: "end" | "broken" | "more";
  at: number;
}

/** `{"resourceSpans"`, not `{"resource":{"a`: a prefix that only a document has. */
const RESYNC = 16;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
