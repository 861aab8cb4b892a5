export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The strings of a list; of anything else none. */
export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}

/** The types that a schema names, in lower case. */
export function typesOf(schema: Json): string[] {
  return texts(Array.isArray(schema["type"]) ? schema["type"] : [schema["type"]]).map((type) => type.toLowerCase());
}

export function propertiesOf(schema: Json): Json {
  return isObject(schema["properties"]) ? schema["properties"] : {};
}

/** Those of the keywords that a schema has. */
export function present(schema: Json, keywords: readonly string[]): string[] {
  return keywords.filter((key) => Object.hasOwn(schema, key));
}

/** `a, b and 3 more`, cut to what a line holds. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => (name.length > 60 ? `${name.slice(0, 60)}...` : name));
  const more = names.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** A value as it may stand in a message. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
