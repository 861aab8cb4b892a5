import { isObject } from "./parse.ts";

/** The value under a name: the key itself (`log.level`), or the path that its dots spell. Own keys only. */
export function valueAt(fields: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(fields, name)) return fields[name];
  if (!name.includes(".")) return undefined;
  let value: unknown = fields;
  for (const part of name.split(".")) {
    if (!isObject(value) || !Object.hasOwn(value, part)) return undefined;
    value = value[part];
  }
  return value;
}

/** The first of the names that has text which is not empty. */
export function textAt(
  fields: Record<string, unknown>,
  names: readonly string[],
): { name: string; text: string } | null {
  for (const name of names) {
    const value = valueAt(fields, name);
    if (typeof value === "string" && value !== "") return { name, text: value };
  }
  return null;
}
