/** The first `byte` in [from, to), or -1. Node's native search: that of plain Uint8Arrays is many times slower. */
export function findByte(bytes: Uint8Array, byte: number, from: number, to = bytes.length): number {
  if (from >= to) return -1;
  const at = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).indexOf(byte);
  return at < 0 ? -1 : from + at;
}
