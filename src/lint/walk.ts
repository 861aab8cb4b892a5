import { isObject, type Json } from "./json.ts";

/**
 * Every schema within a schema, the root first, with its path (`properties.city.items`; empty for the root) and how many
 * objects and arrays it lies in. Names of properties are no keywords. Bounded in depth and number.
 */
export function walk(schema: unknown, see: (schema: Json, path: string, depth: number) => void): void {
  const left = { schemas: MOST };
  visit(schema, "", 0, 0, left, see);
}

const MOST = 20_000;
const DEEPEST = 64;

function visit(
  schema: unknown,
  path: string,
  depth: number,
  level: number,
  left: { schemas: number },
  see: (schema: Json, path: string, depth: number) => void,
): void {
  if (!isObject(schema) || level > DEEPEST || left.schemas-- <= 0) return;
  see(schema, path, depth);
  const go = (inner: unknown, key: string, deeper: number): void =>
    visit(inner, path === "" ? key : `${path}.${key}`, depth + deeper, level + 1, left, see);
  for (const [key, deeper] of MAPS)
    if (isObject(schema[key]))
      for (const [name, inner] of Object.entries(schema[key])) go(inner, `${key}.${name}`, deeper);
  for (const [key, deeper] of SINGLE) if (isObject(schema[key])) go(schema[key], key, deeper);
  for (const key of LISTS)
    if (Array.isArray(schema[key])) schema[key].forEach((inner: unknown, at) => go(inner, `${key}[${at}]`, 0));
}

/** The number is by how many levels of nesting a keyword goes down. */
const MAPS = [
  ["properties", 1],
  ["patternProperties", 1],
  ["$defs", 0],
  ["definitions", 0],
] as const;
const SINGLE = [
  ["items", 1],
  ["additionalProperties", 1],
  ["not", 0],
] as const;
const LISTS = ["anyOf", "oneOf", "allOf", "prefixItems"];
