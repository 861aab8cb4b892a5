/** Whether the bytes at two places are equal, four at a time: spans of one program begin alike, key by key. */
export function sameBytes(view: DataView, a: number, b: number, length: number): boolean {
  if (a + length > view.byteLength || b + length > view.byteLength) return false;
  let n = 0;
  for (; n + 4 <= length; n += 4) if (view.getUint32(a + n) !== view.getUint32(b + n)) return false;
  for (; n < length; n++) if (view.getUint8(a + n) !== view.getUint8(b + n)) return false;
  return true;
}
