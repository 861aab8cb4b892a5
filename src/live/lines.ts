/** Keeps back what is not whole yet. */
export interface Hold {
  /** The bytes that are whole; null when nothing is yet. They may be those that were given. */
  take(bytes: Uint8Array): Uint8Array | null;
  rest(): Uint8Array | null;
}

/** Whole lines of a source as they come: what is open waits for its end, unless it is longer than `MOST`. */
export function createLineHold(): Hold {
  let held: Uint8Array[] = [];
  let length = 0;
  const rest = (): Uint8Array | null => {
    if (length === 0) return null;
    const all = held.length === 1 ? held[0]! : new Uint8Array(Buffer.concat(held));
    held = [];
    length = 0;
    return all;
  };
  return {
    take(bytes) {
      const newline = bytes.lastIndexOf(NEWLINE);
      const to = newline >= 0 ? newline + 1 : length + bytes.length > MOST ? bytes.length : 0;
      if (to > 0) {
        held.push(bytes.subarray(0, to));
        length += to;
      }
      const whole = to > 0 ? rest() : null;
      if (to < bytes.length) {
        held.push(bytes.slice(to));
        length += bytes.length - to;
      }
      return whole;
    },
    rest,
  };
}

export function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

const NEWLINE = 10;
const MOST = 1 << 20;
