import { isObject, listed, present, propertiesOf, shown, typesOf } from "../json.ts";
import { example, withProperty, type Rule } from "../rule.ts";
import { requiredUnknown } from "./schema.ts";

const SUBSET = { providers: ["gemini"], severity: "error", asSent: true } as const;
const INVALID = "schema/invalid-schema";
const AS_IT_IS = "Leave it out, or give the schema as parametersJsonSchema instead of parameters.";
const DOCS = "ai.google.dev/api/caching#Schema";
const sent = (schema: unknown): unknown => ({ functionDeclarations: [example(schema)] });

/** What Gemini's `parameters`, a subset of OpenAPI 3.0, does not take; `parametersJsonSchema` is not held to it. */
export const GEMINI_RULES: readonly Rule[] = [
  {
    ...SUBSET,
    id: "gemini-keyword",
    classifier: "schema/unsupported-keyword",
    source: `Unknown name "additionalProperties" at 'tools[0].function_declarations[0].parameters': Cannot find field. / ${DOCS}`,
    fix: AS_IT_IS,
    at: "schema",
    broken(schema) {
      const unknown = Object.keys(schema).filter((key) => !KEYWORDS.has(key));
      return unknown.length === 0 ? null : `unknown to it: ${listed(unknown)}`;
    },
    examples: {
      broken: sent(withProperty({ type: "string" })),
      sound: sent({ type: "OBJECT", properties: { q: { type: "STRING", nullable: true } }, required: ["q"] }),
    },
  },
  {
    ...SUBSET,
    id: "gemini-type-list",
    classifier: INVALID,
    source: "Invalid value at 'tools[0]...type': Proto field is not repeating, cannot start list.",
    fix: 'Name one type, with "nullable": true where null is meant, or use anyOf.',
    at: "schema",
    broken: ({ type }) => (Array.isArray(type) ? `a list of types: ${shown(type)}` : null),
    examples: {
      broken: sent({ type: "object", properties: { q: { type: ["string", "null"] } } }),
      sound: sent({ type: "object", properties: { q: { type: "string" } } }),
    },
  },
  {
    ...SUBSET,
    id: "gemini-enum",
    classifier: INVALID,
    source:
      "parameters.properties[1].value.enum[0]' (TYPE_STRING), 0 / enum: only allowed for STRING type / enum[0]: cannot be empty",
    fix: "List strings that are not empty, and make the type string.",
    at: "schema",
    broken(schema) {
      const values = schema["enum"];
      if (!Array.isArray(values)) return null;
      const bad = values.filter((one) => typeof one !== "string" || one === "");
      if (bad.length > 0) return `enum may hold strings alone, not ${listed(bad.map(shown))}`;
      const types = typesOf(schema);
      return types.length > 0 && !types.includes("string") ? `enum beside the type ${types.join()}` : null;
    },
    examples: {
      broken: sent({ type: "object", properties: { n: { type: "integer", enum: [1, 2] } } }),
      sound: sent({ type: "object", properties: { n: { type: "string", enum: ["1"] } } }),
    },
  },
  {
    ...SUBSET,
    id: "gemini-format",
    classifier: "schema/unsupported-keyword",
    source: "parameters.properties[when].format: only 'enum' and 'date-time' are supported for STRING type",
    fix: AS_IT_IS,
    at: "schema",
    broken: (schema) =>
      typesOf(schema).includes("string") && schema["format"] !== undefined && !STRING_FORMATS.has(schema["format"])
        ? `the format ${shown(schema["format"])} of a string`
        : null,
    examples: {
      broken: sent({ type: "object", properties: { u: { type: "string", format: "uri" } } }),
      sound: sent({ type: "object", properties: { u: { type: "string", format: "date-time" } } }),
    },
  },
  {
    ...SUBSET,
    id: "gemini-empty-object",
    classifier: INVALID,
    source: "parameters.properties: should be non-empty for OBJECT type",
    fix: "Name the properties; for a tool without arguments leave parameters out.",
    at: "schema",
    broken: (schema) =>
      isObject(schema["properties"]) && Object.keys(schema["properties"]).length === 0
        ? "an object without properties"
        : null,
    examples: {
      broken: sent({ type: "object", properties: {} }),
      sound: sent({ type: "object", properties: { q: { type: "string" } } }),
    },
  },
  {
    ...SUBSET,
    id: "gemini-object-only",
    classifier: INVALID,
    source: "parameters.properties[data].properties: only allowed for OBJECT type",
    fix: 'Set the type to "object", or leave properties and required out.',
    at: "schema",
    broken(schema) {
      const types = typesOf(schema);
      const found = present(schema, ["properties", "required"]);
      return types.length > 0 && !types.includes("object") && found.length > 0
        ? `${found.join(" and ")} beside the type ${types.join()}`
        : null;
    },
    examples: {
      broken: sent({ type: "object", properties: { q: { type: "string", required: [] } } }),
      sound: sent({ type: "object", properties: { q: { type: "object", properties: { a: { type: "string" } } } } }),
    },
  },
  {
    ...SUBSET,
    id: "gemini-untyped",
    classifier: INVALID,
    source: "functionDeclaration `parameters.data.meta.width` schema didn't specify the schema type field.",
    fix: "Give every property a type.",
    at: "schema",
    broken(schema) {
      const properties = propertiesOf(schema);
      const bare = Object.keys(properties).filter((key) => {
        const inner = properties[key];
        return (
          isObject(inner) && present(inner, ["type", "anyOf", "$ref", "enum", "const", "oneOf", "allOf"]).length === 0
        );
      });
      return bare.length === 0 ? null : `without a type: ${listed(bare)}`;
    },
    examples: {
      broken: sent({ type: "object", properties: { q: { description: "any" } } }),
      sound: sent({ type: "object", properties: { q: { anyOf: [{ type: "string" }] } } }),
    },
  },
  {
    id: "gemini-required",
    classifier: INVALID,
    providers: ["gemini"],
    severity: "error",
    source: "parameters.required[0]: property is not defined",
    fix: "Describe the argument in properties, or take it out of required.",
    at: "schema",
    broken: requiredUnknown,
    examples: {
      broken: sent({ type: "object", properties: { q: { type: "string" } }, required: ["town"] }),
      sound: sent({ type: "object", properties: { q: { type: "string" } }, required: ["q"] }),
    },
  },
];

const KEYWORDS = new Set([
  "anyOf",
  "default",
  "description",
  "enum",
  "example",
  "format",
  "items",
  "maxItems",
  "maxLength",
  "maxProperties",
  "maximum",
  "minItems",
  "minLength",
  "minProperties",
  "minimum",
  "nullable",
  "pattern",
  "properties",
  "propertyOrdering",
  "required",
  "title",
  "type",
]);
const STRING_FORMATS = new Set<unknown>(["enum", "date-time"]);
