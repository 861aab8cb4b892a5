import { object, type Json } from "../json/access.ts";
import { decode, hasBareNanos, parseInner, parseJsonText } from "../json/parse.ts";
import type { Range } from "./scan-json.ts";

/** Parses parts of a document. An exporter writes all times alike, so the first span tells how. */
export function createParser(bytes: Uint8Array) {
  let isBroken = false;
  let isBare: boolean | null = null;
  const checked = (value: unknown): Json => {
    isBroken ||= value === undefined;
    return object(value);
  };
  return {
    around: (range: Range | null): Json =>
      range === null ? {} : checked(parseInner(decode(bytes.subarray(...range)))),
    span(range: Range): Json {
      const text = decode(bytes.subarray(...range));
      isBare ??= hasBareNanos(text);
      return checked(isBare ? parseJsonText(text) : parseInner(text));
    },
    isBroken: () => isBroken,
  };
}
