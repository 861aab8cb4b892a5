/** Finds where a JSON document ends, over any number of blocks, without parsing it: counts brackets outside strings. */
export class DocumentEnd {
  /** How many of the document's first bytes are kept. */
  #seen = 0;
  /** Bytes of it that are read. */
  #read = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #first = new Uint8Array(RESYNC);

  reset(): void {
    this.#seen = this.#read = this.#depth = 0;
    this.#inString = this.#escaped = false;
  }

  /**
   * Reads on at `from`. `end`: the document ends before `at`. `broken`: it cannot go on (a line break inside a string,
   * or a line that begins as the document did); reading may start again at `at`. `more`: read on at `at` when more has come.
   */
  scan(bytes: Uint8Array, from: number, last: boolean): Scanned {
    const end = bytes.length;
    for (let at = from + this.#seen - this.#read; this.#seen < RESYNC && at < end; at++)
      this.#first[this.#seen++] = bytes[at] as number;
    let depth = this.#depth;
    let inString = this.#inString;
    let escaped = this.#escaped;
    let at = from;
    let state: Scanned["state"] = "more";
    while (at < end) {
      const byte = bytes[at++] as number;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
        else if (byte === NEWLINE) {
          state = "broken";
          at--;
          break;
        }
      } else if (byte === QUOTE) {
        inString = true;
      } else if (byte === 0x7b || byte === 0x5b) {
        depth++;
      } else if (byte === 0x7d || byte === 0x5d) {
        if (--depth <= 0) {
          state = "end";
          break;
        }
      } else if (byte === NEWLINE && (bytes[at] === this.#first[0] || at === end)) {
        // Not enough bytes to tell: the line break is read again when more has come.
        const isShort = end - at < RESYNC;
        if (isShort && !last) {
          at--;
          break;
        }
        if (!isShort && this.#beginsAgain(bytes, at)) {
          state = "broken";
          at--;
          break;
        }
      }
    }
    this.#read += at - from;
    this.#depth = depth;
    this.#inString = inString;
    this.#escaped = escaped;
    return { state, at };
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
