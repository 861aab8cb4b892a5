/** One object of parsed JSON; every key may be missing or of a wrong type. */
export type Json = { readonly [key: string]: unknown };

const NONE: Json = Object.freeze({});

/** The value as an object; anything else is an empty one. */
export function object(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : NONE;
}

/** The objects of an array; anything else has none. */
export function objects(value: unknown): Json[] {
  return Array.isArray(value)
    ? value.filter((item): item is Json => typeof item === "object" && item !== null && !Array.isArray(item))
    : [];
}

export function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** The first that is a text and not empty. */
export function firstText(...values: unknown[]): string | null {
  for (const value of values) if (typeof value === "string" && value !== "") return value;
  return null;
}

/** A value as text: a string as it is, anything else as JSON. Null and undefined are none. */
export function textOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (value === undefined || value === null) return null;
  try {
    return JSON.stringify(value) ?? null;
  } catch {
    return null;
  }
}
