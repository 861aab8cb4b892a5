/** Number of line feeds in [from, to). Four bytes at a time: this runs over every byte of every log. */
export function countNewlines(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  let at = from;
  while (at < to && ((bytes.byteOffset + at) & 3) !== 0) {
    if (bytes[at] === NEWLINE) count += 1;
    at += 1;
  }
  const words = (to - at) >> 2;
  if (words > 0) {
    count += countInWords(new Int32Array(bytes.buffer, bytes.byteOffset + at, words));
    at += words * 4;
  }
  for (; at < to; at += 1) if (bytes[at] === NEWLINE) count += 1;
  return count;
}

export const NEWLINE = 10;

/** Each byte that is zero after the xor gives one bit; bits are summed in four lanes, emptied before they overflow. */
function countInWords(words: Int32Array): number {
  let count = 0;
  let at = 0;
  while (at < words.length) {
    const stop = Math.min(words.length, at + 255);
    let lanes = 0;
    for (; at < stop; at += 1) {
      const x = words[at]! ^ 0x0a0a0a0a;
      lanes += (~(((x & 0x7f7f7f7f) + 0x7f7f7f7f) | x) >>> 7) & 0x01010101;
      lanes |= 0;
    }
    count += (lanes & 255) + ((lanes >>> 8) & 255) + ((lanes >>> 16) & 255) + (lanes >>> 24);
  }
  return count;
}
