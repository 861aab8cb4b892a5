import { isObject, propertiesOf, texts, type Json } from "../json.ts";
import { walk } from "../walk.ts";

/** OpenAI's limits of a strict schema (developers.openai.com/api/docs/guides/structured-outputs): 5000 properties, 10 levels, 1000 values, 120,000 characters of names and values, 15,000 in an enum of more than 250. */
export function overLimit(root: Json): string | null {
  let properties = 0;
  let levels = 0;
  let values = 0;
  let characters = 0;
  let large = false;
  walk(root, (schema, _, depth) => {
    const names = [propertiesOf(schema), schema["$defs"], schema["definitions"]].flatMap((map) =>
      isObject(map) ? Object.keys(map) : [],
    );
    const given = Array.isArray(schema["enum"]) ? schema["enum"] : [];
    const length = texts(given).reduce((sum, one) => sum + one.length, 0);
    properties += Object.keys(propertiesOf(schema)).length;
    levels = Math.max(levels, depth);
    values += given.length;
    characters += length + names.reduce((sum, one) => sum + one.length, 0) + String(schema["const"] ?? "").length;
    large ||= given.length > 250 && length > 15_000;
  });
  const over = [
    [properties > 5000, `${properties} properties, at most 5000 are taken`],
    [levels > 10, `${levels} levels of nesting, at most 10 are taken`],
    [values > 1000, `${values} values in enums, at most 1000 are taken`],
    [characters > 120_000, `${characters} characters in names and values, at most 120000 are taken`],
    [large, "an enum of more than 250 values with more than 15000 characters"],
  ] as const;
  return over.find(([is]) => is)?.[1] ?? null;
}
