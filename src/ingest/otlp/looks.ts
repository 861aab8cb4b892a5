/**
 * Tells an OTLP protobuf request by its first bytes. The three requests share one frame (formats.md section 4.1):
 *   Export*ServiceRequest: 1 resource_* LEN
 *   Resource*:             1 resource LEN, 2 scope_* LEN, 3 schema_url LEN (old: 1000 instrumentation_library_* LEN)
 *   Resource:              1 attributes LEN, 2 dropped_attributes_count VARINT
 *   Scope*:                1 scope LEN, 2 records LEN, 3 schema_url LEN
 */
export function looksLikeProtobuf(bytes: Uint8Array, whole: boolean): boolean {
  if (bytes.length < 4 || bytes[0] !== 0x0a) return false;
  const length = varint(bytes, 1);
  if (length === null || (whole && length.value > bytes.length - length.next)) return false;
  const inner = length.next;
  const tag = bytes[inner];
  if (tag !== 0x0a && tag !== 0x12) return false;
  const size = varint(bytes, inner + 1);
  if (size === null || size.next + size.value > inner + length.value) return false;
  // An attribute: KeyValue LEN, with the key LEN inside. A scope: 1 LEN. Text cannot look like this in three levels.
  const at = size.next;
  if (size.value === 0) return hasControls(bytes);
  const next = bytes[at];
  if (next !== 0x0a && next !== 0x12 && next !== 0x10 && next !== 0x1a) return false;
  const third = varint(bytes, at + 1);
  return third !== null && (next === 0x10 || third.value <= size.value) && hasControls(bytes);
}

/** The Collector's file exporter: 4 bytes big-endian length, then a message or a zstd frame. */
export function looksLikeFramed(bytes: Uint8Array): boolean {
  if (bytes.length < 8) return false;
  const length = ((bytes[0] ?? 0) << 24) | ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
  if (length <= 4 || length > 1 << 29) return false;
  // a message without a frame begins with this tag, and its resource is of the same form; no frame is this long (160 MiB)
  if (bytes[0] === 0x0a) return false;
  if (isZstd(bytes, 4)) return true;
  return looksLikeProtobuf(bytes.subarray(4, 4 + length), bytes.length >= 4 + length);
}

export function isZstd(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x28 && bytes[at + 1] === 0xb5 && bytes[at + 2] === 0x2f && bytes[at + 3] === 0xfd;
}

function varint(bytes: Uint8Array, at: number): { value: number; next: number } | null {
  let value = 0;
  for (let i = 0; i < 5; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value, next: at + i + 1 };
  }
  return null;
}

/** A text of blank lines begins with the same byte; it has no other control characters. */
function hasControls(bytes: Uint8Array): boolean {
  const end = Math.min(bytes.length, 512);
  for (let i = 0; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27 && byte !== 12) return true;
  }
  return false;
}
