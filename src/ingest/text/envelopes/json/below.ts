import { parseObject } from "./parse.ts";

/** The JSON object below a first line that ends in a colon, up to the end of the record; else null. */
export function objectBelow(text: string): Record<string, unknown> | null {
  const end = text.indexOf("\n");
  if (end < 1 || text.charCodeAt(end + 1) !== 123 || text.charCodeAt(end - 1) !== 58) return null;
  return parseObject(text.slice(end + 1));
}
