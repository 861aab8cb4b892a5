/** Whether the bytes at two places are equal, eight at a time: spans of one program begin alike, key by key. */
export function sameBytes(view: DataView, a: number, b: number, length: number): boolean {
  if (a + length > view.byteLength || b + length > view.byteLength) return false;
  let n = 0;
  for (; n + 8 <= length; n += 8) {
    const low = view.getInt32(a + n, true) ^ view.getInt32(b + n, true);
    if ((low | (view.getInt32(a + n + 4, true) ^ view.getInt32(b + n + 4, true))) !== 0) return false;
  }
  for (; n < length; n++) if (view.getUint8(a + n) !== view.getUint8(b + n)) return false;
  return true;
}
