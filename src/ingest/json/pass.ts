/**
 * Ways over JSON in bytes without reading it: each is given an offset and gives the one behind what it passed, -1 when
 * that is not whole or of another form. Only brackets and strings are watched; depth costs no stack.
 */

/** White space. */
export function passBlank(bytes: Uint8Array, from: number): number {
  let at = from;
  for (let byte = bytes[at]; byte === 32 || byte === 10 || byte === 13 || byte === 9; byte = bytes[at]) at++;
  return at;
}

/** A string; the offset is that of its quote. */
export function passString(bytes: Uint8Array, from: number): number {
  const end = bytes.length;
  for (let at = from + 1; at < end; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) at++;
  }
  return -1;
}

/** Any value. */
export function passValue(bytes: Uint8Array, from: number): number {
  const byte = bytes[from];
  if (byte === QUOTE) return passString(bytes, from);
  if (byte === OBJECT || byte === ARRAY) return passRest(bytes, from + 1, 1);
  let at = from;
  while (at < bytes.length && SCALAR[bytes[at] as number] === 1) at++;
  return at === from ? -1 : at;
}

/** What is left of `depth` open containers, from anywhere between their items. */
export function passRest(bytes: Uint8Array, from: number, depth: number): number {
  const end = bytes.length;
  let open = depth;
  for (let at = from; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) {
      for (at++; ; at++) {
        if (at >= end) return -1;
        const inner = bytes[at];
        if (inner === QUOTE) break;
        if (inner === BACKSLASH) at++;
      }
    } else if (byte > COMMA) {
      if (byte === OBJECT || byte === ARRAY) open++;
      else if ((byte === OBJECT_END || byte === ARRAY_END) && --open === 0) return at + 1;
    }
  }
  return -1;
}

/** Where the value of a field begins whose name ends at `nameEnd`; -1 where no colon follows. */
export function passColon(bytes: Uint8Array, nameEnd: number): number {
  const colon = nameEnd < 0 ? -1 : passBlank(bytes, nameEnd);
  return bytes[colon] === COLON ? passBlank(bytes, colon + 1) : -1;
}

/**
 * An object: `field` is told where each of its names and values is, and gives the offset behind the value.
 */
export function passFields(
  bytes: Uint8Array,
  from: number,
  field: (nameFrom: number, nameTo: number, value: number) => number,
): number {
  if (bytes[from] !== OBJECT) return -1;
  let at = passBlank(bytes, from + 1);
  if (bytes[at] === OBJECT_END) return at + 1;
  for (;;) {
    const end = bytes[at] === QUOTE ? passString(bytes, at) : -1;
    const value = passColon(bytes, end);
    if (value < 0) return -1;
    at = field(at + 1, end - 1, value);
    if (at < 0) return -1;
    at = passBlank(bytes, at);
    if (bytes[at] === OBJECT_END) return at + 1;
    if (bytes[at] !== COMMA) return -1;
    at = passBlank(bytes, at + 1);
  }
}

/** An array: `item` is told where each begins, and gives the offset behind it. */
export function passItems(bytes: Uint8Array, from: number, item: (at: number) => number): number {
  if (bytes[from] !== ARRAY) return -1;
  let at = passBlank(bytes, from + 1);
  if (bytes[at] === ARRAY_END) return at + 1;
  for (;;) {
    at = item(at);
    if (at < 0) return -1;
    at = passBlank(bytes, at);
    if (bytes[at] === ARRAY_END) return at + 1;
    if (bytes[at] !== COMMA) return -1;
    at = passBlank(bytes, at + 1);
  }
}

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const BACKSLASH = 0x5c;
export const ARRAY = 0x5b;
export const ARRAY_END = 0x5d;
export const OBJECT = 0x7b;
export const OBJECT_END = 0x7d;
/** By byte: 1 in numbers, `true`, `false`, `null`. */
const SCALAR = new Uint8Array(256);
for (const char of "0123456789+-.eEtrufalsn") SCALAR[char.charCodeAt(0)] = 1;
