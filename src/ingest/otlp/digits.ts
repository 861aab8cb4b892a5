/** Hex digits of any case as words of 32 bits; false where one is none. `length`: of digits, a multiple of 8. */
export function hexInto(bytes: Uint8Array, from: number, length: number, words: Uint32Array, to: number): boolean {
  let bad = 0;
  for (let n = 0; n < length; n += 8) {
    let word = 0;
    for (let digit = from + n; digit < from + n + 8; digit++) {
      const value = HEX[bytes[digit] as number] as number;
      bad |= value;
      word = (word << 4) | value;
    }
    words[to + (n >> 3)] = word;
  }
  return bad < 16;
}

/** By byte: the value of a hex digit; 16 for what is none. */
const HEX = new Uint8Array(256).fill(16);
for (const char of "0123456789abcdefABCDEF") HEX[char.charCodeAt(0)] = Number.parseInt(char, 16);

/** At most 19 decimal digits as two words of 32 bits, the higher first; false where the text is of another form. */
export function decimalInto(bytes: Uint8Array, from: number, to: number, words: Uint32Array, into: number): boolean {
  if (to - from < 1 || to - from > 19) return false;
  const middle = Math.max(from, to - 9);
  const [high, low] = [numberIn(bytes, from, middle), numberIn(bytes, middle, to)];
  if (high < 0 || low < 0) return false;
  // the lower word is exact modulo 2^32; with it the higher one is, whatever the double has lost
  const lower = (Math.imul(high % 2 ** 32, 1e9) + low) >>> 0;
  words[into] = Math.round((high * 1e9 + low - lower) / 2 ** 32);
  words[into + 1] = lower;
  return true;
}

/** -1 where a byte is no digit. */
function numberIn(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] as number) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
