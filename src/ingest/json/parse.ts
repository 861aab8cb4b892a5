/** JSON.parse of UTF-8 bytes; undefined when they are not JSON. Times in nanoseconds are kept exact, as strings. */
export function parseJson(bytes: Uint8Array): unknown {
  return parseJsonText(decode(bytes));
}

export function parseJsonText(text: string): unknown {
  return parseInner(hasBareNanos(text) ? text.replace(BARE_NANOS_ALL, '$1"$2"') : text);
}

/** A value that may be JSON written as a text; undefined where the text is none. */
export function parseIfText(value: unknown): unknown {
  return typeof value === "string" ? parseJsonText(value) : value;
}

/** Whether the text has times in nanoseconds that JSON.parse would round. */
export function hasBareNanos(text: string): boolean {
  return BARE_NANOS.test(text.slice(0, LOOKED_AT));
}

/** JSON.parse of a text as it is: where no times are. */
export function parseInner(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
}

/** An exporter writes all times alike, so the beginning tells. Nanoseconds written as a bare number exceed 2^53. Inside a string the quote before the colon would be escaped. */
const LOOKED_AT = 32_768;
const BARE_NANOS = /nano"\s{0,4}:\s{0,4}\d{16}/i;
const BARE_NANOS_ALL = /(nano"\s{0,4}:\s{0,4})(\d{16,20})(?=[\s,}])/gi;
