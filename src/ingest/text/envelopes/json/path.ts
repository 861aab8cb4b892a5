import { isObject } from "./parse.ts";

/** The value under a name: the key itself (`log.level`), or the path that its dots spell. Own keys only. */
export function valueAt(fields: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(fields, name)) return fields[name];
  const parts = partsOf(name);
  if (parts === null || !Object.hasOwn(fields, parts[0]!)) return undefined;
  let value: unknown = fields;
  for (const part of parts) {
    if (!isObject(value) || !Object.hasOwn(value, part)) return undefined;
    value = value[part];
  }
  return value;
}

/** Null for a name without dots. Names come from tables, so there are few. */
function partsOf(name: string): readonly string[] | null {
  let parts = PARTS.get(name);
  if (parts === undefined) PARTS.set(name, (parts = name.includes(".") ? name.split(".") : null));
  return parts;
}

const PARTS = new Map<string, readonly string[] | null>();

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
