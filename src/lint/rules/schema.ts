import { listed, present, propertiesOf, shown, texts, typesOf, type Json } from "../json.ts";
import { example, withProperty, type Rule } from "../rule.ts";

const INVALID = "schema/invalid-schema";
const text = withProperty({ type: "string" });

/** What is JSON Schema, and not one that can be offered. */
export const SCHEMA_RULES: readonly Rule[] = [
  {
    id: "root-object",
    classifier: INVALID,
    providers: null,
    severity: "error",
    source: `schema must be a JSON Schema of 'type: "object"', got 'type: "string"'. / tools.0.custom.input_schema.type: Field required / parameters schema should be of type OBJECT.`,
    fix: 'Make it {"type": "object", "properties": {...}}, with the present schema as one of the properties.',
    at: "root",
    broken: (schema) =>
      typeof schema["type"] === "string" && schema["type"].toLowerCase() === "object"
        ? null
        : `the schema must be of type "object", not ${shown(schema["type"] ?? null)}`,
    examples: { broken: example({ type: "array", items: { type: "string" } }), sound: example(text) },
  },
  {
    id: "root-combination",
    classifier: INVALID,
    providers: ["openai"],
    severity: "error",
    source:
      "schema must have type 'object' and not have 'oneOf'/'anyOf'/'allOf'/'enum'/'const'/'not' at the top level.",
    fix: "Put the alternatives below one property, or make a tool of each.",
    at: "root",
    broken: (schema) => notHere(present(schema, ["oneOf", "anyOf", "allOf", "enum", "const", "not"])),
    examples: {
      broken: example({ ...text, anyOf: [{}] }),
      sound: example(withProperty({ anyOf: [{ type: "string" }] })),
    },
  },
  {
    id: "root-alternatives",
    classifier: INVALID,
    providers: ["anthropic"],
    severity: "error",
    source: "tools.9.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level",
    fix: "Put the alternatives below one property, or make a tool of each.",
    at: "root",
    broken: (schema) => notHere(present(schema, ["oneOf", "allOf", "anyOf"])),
    examples: {
      broken: example({ ...text, oneOf: [{}] }),
      sound: example(withProperty({ oneOf: [{ type: "string" }] })),
    },
  },
  {
    id: "properties-missing",
    classifier: INVALID,
    providers: ["openai"],
    severity: "error",
    source: "Invalid schema for function 'now': In context=(), object schema missing properties.",
    fix: 'Add "properties": {} for a tool without arguments.',
    at: "root",
    broken: (schema) =>
      schema["type"] === "object" && schema["properties"] === undefined && schema["$ref"] === undefined
        ? "an object without properties"
        : null,
    examples: { broken: example({ type: "object" }), sound: example({ type: "object", properties: {} }) },
  },
  {
    id: "items-missing",
    classifier: INVALID,
    providers: ["openai", "gemini"],
    severity: "error",
    source:
      "In context=('properties', 'tags'), array schema missing items. / parameters.properties[tags].items: missing field.",
    fix: 'Say what the array holds: "items": {"type": "string"}.',
    at: "schema",
    broken: (schema) =>
      typesOf(schema).includes("array") && schema["items"] === undefined && schema["prefixItems"] === undefined
        ? "an array without items"
        : null,
    examples: {
      broken: example(withProperty({ type: "array" })),
      sound: example(withProperty({ type: "array", items: {} })),
    },
  },
  {
    id: "enum-empty",
    classifier: INVALID,
    providers: ["openai", "gemini"],
    severity: "error",
    source: "Invalid schema for function 'sort': [] is too short",
    fix: "List the values, or leave enum out.",
    at: "schema",
    broken: (schema) => (Array.isArray(schema["enum"]) && schema["enum"].length === 0 ? "enum lists no value" : null),
    examples: {
      broken: example(withProperty({ type: "string", enum: [] })),
      sound: example(withProperty({ type: "string", enum: ["asc"] })),
    },
  },
  {
    id: "reference-lost",
    classifier: INVALID,
    providers: null,
    severity: "error",
    source:
      "Reference to non-existent definition: #/$defs/Item / reference to component '#/$defs/Item' which was not found in the schema / can't resolve reference #/$defs/Item from id #",
    fix: "Send the definitions along in $defs at the root, or put them in the place of the reference.",
    at: "schema",
    broken({ $ref: reference }, root) {
      if (typeof reference !== "string") return null;
      if (!reference.startsWith("#")) return `${shown(reference)} lies outside of the schema`;
      return resolves(reference, root) ? null : `${shown(reference)} is not in the schema`;
    },
    examples: {
      broken: example(withProperty({ $ref: "#/$defs/Item" })),
      sound: example(withProperty({ $ref: "#/$defs/Item" }, { $defs: { Item: { type: "string" } } })),
    },
  },
  {
    id: "required-unknown",
    classifier: INVALID,
    providers: ["openai", "anthropic", "bedrock", "mcp"],
    severity: "warning",
    source: "No refusal without strict mode: no call can be right, since the model does not know the argument",
    fix: "Describe the argument in properties, or take it out of required.",
    at: "schema",
    broken: requiredUnknown,
    examples: { broken: example({ ...text, required: ["town"] }), sound: example(text) },
  },
];

function notHere(keywords: readonly string[]): string | null {
  return keywords.length === 0 ? null : `${keywords.join(", ")} at the top level`;
}

/** Names in `required` that `properties` does not have; where patterns or references add some, it cannot be known. */
export function requiredUnknown(schema: Json): string | null {
  if (present(schema, ["patternProperties", "$ref", "allOf", "anyOf", "oneOf"]).length > 0) return null;
  if (schema["properties"] === undefined) return null;
  const properties = propertiesOf(schema);
  const unknown = texts(schema["required"]).filter((name) => !Object.hasOwn(properties, name));
  return unknown.length === 0 ? null : `required names what properties does not have: ${listed(unknown)}`;
}

/** `#/$defs/Item`, `#`; an anchor is taken as it is. */
function resolves(reference: string, root: Json): boolean {
  if (!reference.startsWith("#/")) return true;
  let at: unknown = root;
  for (const step of reference.slice(2).split("/")) {
    const key = decoded(step).replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return false;
    at = (at as Json)[key];
  }
  return true;
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
