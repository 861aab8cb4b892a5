import { isObject, listed, present, shown, texts } from "../json.ts";
import { example, withProperty, type Rule } from "../rule.ts";

const INVALID = "schema/invalid-schema";
const text = withProperty({ type: "string" });

/** What is no JSON Schema at all. */
export const JSON_SCHEMA_RULES: readonly Rule[] = [
  {
    id: "unknown-type",
    classifier: INVALID,
    providers: null,
    severity: "error",
    source:
      "Invalid schema for function 'measure': 'numbr' is not valid under any of the given schemas / JSON schema is invalid. It must match JSON Schema draft 2020-12",
    fix: "Use string, number, integer, boolean, object, array or null.",
    at: "schema",
    broken(schema) {
      const { type } = schema;
      if (type === undefined || (typeof type === "string" && TYPES.has(type.toLowerCase()))) return null;
      if (Array.isArray(type) && type.length > 0 && type.every((one) => TYPES.has(String(one).toLowerCase())))
        return null;
      const meant = typeof type === "string" ? MEANT[type.toLowerCase()] : undefined;
      return `${shown(type)} is no type of JSON Schema${meant === undefined ? "" : `; it is called ${shown(meant)} there`}`;
    },
    examples: {
      broken: example(withProperty({ type: "str" })),
      sound: example(withProperty({ type: ["string", "null"] })),
    },
  },
  {
    id: "required-form",
    classifier: INVALID,
    providers: null,
    severity: "error",
    source:
      "Invalid schema for function 'find': True is not of type 'array'. / '/properties/headers/required' does not validate",
    fix: '"required" is a list of names beside "properties", not a flag on the property.',
    at: "schema",
    broken: ({ required }) =>
      required === undefined || (Array.isArray(required) && texts(required).length === required.length)
        ? null
        : `required must be a list of names, not ${shown(required)}`,
    examples: { broken: example(withProperty({ type: "string", required: true })), sound: example(text) },
  },
  {
    id: "properties-form",
    classifier: INVALID,
    providers: null,
    severity: "error",
    source: "Invalid schema for function 'list': [] is not of type 'object' / None is not of type 'object', 'boolean'.",
    fix: "Make `properties` an object with a schema for each argument (in PHP: `new stdClass` where it is empty).",
    at: "schema",
    broken({ properties }) {
      if (properties === undefined) return null;
      if (!isObject(properties)) return `properties must be an object, not ${shown(properties)}`;
      const bad = Object.keys(properties).filter((key) => !isSchema(properties[key]));
      return bad.length === 0
        ? null
        : `not a schema: ${listed(bad.map((key) => `${key} is ${shown(properties[key])}`))}`;
    },
    examples: { broken: example({ type: "object", properties: [] }), sound: example(text) },
  },
  {
    id: "items-form",
    classifier: INVALID,
    providers: null,
    severity: "error",
    source: "Invalid schema for function 'plot': [{'type': 'number'}] is not of type 'object', 'boolean'.",
    fix: "Give one schema for all items; a list of them is called prefixItems since draft 2020-12.",
    at: "schema",
    broken: ({ items }) =>
      items === undefined || isSchema(items) ? null : `items must be one schema, not ${shown(items)}`,
    examples: {
      broken: example(withProperty({ type: "array", items: [{ type: "number" }] })),
      sound: example(withProperty({ type: "array", items: { type: "number" } })),
    },
  },
  {
    id: "enum-form",
    classifier: INVALID,
    providers: null,
    severity: "error",
    source: "Invalid schema for function 'sort': 'asc|desc' is not of type 'array'",
    fix: 'List the values: "enum": ["a", "b"].',
    at: "schema",
    broken: (schema) =>
      schema["enum"] === undefined || Array.isArray(schema["enum"])
        ? null
        : `enum must be a list, not ${shown(schema["enum"])}`,
    examples: {
      broken: example(withProperty({ type: "string", enum: "asc|desc" })),
      sound: example(withProperty({ type: "string", enum: ["asc", "desc"] })),
    },
  },
  {
    id: "keyword-form",
    classifier: INVALID,
    providers: null,
    severity: "error",
    source:
      "True is not of type 'number' (draft 4 wrote exclusiveMinimum: true) / JSON schema is invalid. It must match JSON Schema draft 2020-12",
    fix: "Write bounds as numbers, and additionalProperties as true, false or a schema.",
    at: "schema",
    broken(schema) {
      const bad = [
        ...present(schema, BOUNDS).filter((key) => typeof schema[key] !== "number"),
        ...present(schema, ["additionalProperties"]).filter((key) => !isSchema(schema[key])),
      ];
      return bad.length === 0
        ? null
        : `not of the right form: ${listed(bad.map((key) => `${key} is ${shown(schema[key])}`))}`;
    },
    examples: {
      broken: example(withProperty({ type: "number", minimum: 0, exclusiveMinimum: true })),
      sound: example(withProperty({ type: "number", exclusiveMinimum: 0 })),
    },
  },
];

const TYPES = new Set(["string", "number", "integer", "boolean", "object", "array", "null"]);
/** What other languages call them. */
const MEANT: Record<string, string> = {
  str: "string",
  text: "string",
  date: "string",
  datetime: "string",
  enum: "string",
  uuid: "string",
  int: "integer",
  int32: "integer",
  int64: "integer",
  long: "integer",
  float: "number",
  double: "number",
  decimal: "number",
  bool: "boolean",
  dict: "object",
  map: "object",
  list: "array",
  tuple: "array",
  none: "null",
  nonetype: "null",
};
const BOUNDS = [
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
];

function isSchema(value: unknown): boolean {
  return isObject(value) || typeof value === "boolean";
}
