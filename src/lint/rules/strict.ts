import { isObject, listed, present, propertiesOf, shown, texts, typesOf } from "../json.ts";
import { example, withProperty, type Rule } from "../rule.ts";
import { overLimit } from "./strict-limits.ts";

const OPENAI = { providers: ["openai"], severity: "error", strict: true } as const;
const STRICT = "schema/strict-mode";
const UNSUPPORTED = "schema/unsupported-keyword";
const LIMITS = "schema/limits-exceeded";
const DOCS = "developers.openai.com/api/docs/guides/structured-outputs";
const SAY = "Leave it out and say the same in the description, or set strict to false.";
const strict = (schema: unknown): unknown => example(schema, { strict: true });
const text = withProperty({ type: "string" });

/** OpenAI's strict mode (Structured Outputs) of tools. */
export const OPENAI_STRICT_RULES: readonly Rule[] = [
  {
    id: "strict-closed",
    classifier: STRICT,
    providers: ["openai", "anthropic"],
    severity: "error",
    strict: true,
    source:
      "'additionalProperties' is required to be supplied and to be false. / For 'object' type, 'additionalProperties' must be explicitly set to false",
    fix: 'Add "additionalProperties": false to each object, or set strict to false.',
    at: "schema",
    broken: (schema) =>
      (isObject(schema["properties"]) || typesOf(schema).includes("object")) && schema["additionalProperties"] !== false
        ? "additionalProperties must be false"
        : null,
    examples: { broken: strict({ type: "object", properties: {}, required: [] }), sound: strict(text) },
  },
  {
    ...OPENAI,
    id: "strict-required",
    classifier: STRICT,
    source:
      "'required' is required to be supplied and to be an array including every key in properties. Missing 'limit'.",
    fix: 'Name every property in required; one that may be left out gets "type": ["string", "null"].',
    at: "schema",
    broken(schema) {
      const required = new Set(texts(schema["required"]));
      const left = Object.keys(propertiesOf(schema)).filter((name) => !required.has(name));
      return left.length === 0 ? null : `required must name every property, and lacks ${listed(left)}`;
    },
    examples: { broken: strict({ ...text, required: [] }), sound: strict(text) },
  },
  {
    ...OPENAI,
    id: "strict-extra-required",
    classifier: STRICT,
    source:
      "'required' is required to be supplied and to be an array including every key in properties. Extra required key 'q' supplied.",
    fix: "Describe the argument in properties, or take it out of required.",
    at: "schema",
    broken(schema) {
      const properties = propertiesOf(schema);
      const extra = texts(schema["required"]).filter((name) => !Object.hasOwn(properties, name));
      return extra.length === 0 ? null : `required names what properties does not have: ${listed(extra)}`;
    },
    examples: { broken: strict({ ...text, required: ["q", "p"] }), sound: strict(text) },
  },
  {
    ...OPENAI,
    id: "strict-default",
    classifier: STRICT,
    source: "In context=('properties', 'limit'), 'default' is not permitted.",
    fix: "Leave it out: in strict mode the model always gives every argument.",
    at: "schema",
    broken: (schema) => (Object.hasOwn(schema, "default") ? "default is not permitted" : null),
    examples: { broken: strict(withProperty({ type: "integer", default: 3 })), sound: strict(text) },
  },
  {
    ...OPENAI,
    id: "strict-keyword",
    classifier: UNSUPPORTED,
    source: `In context=('properties', 'data'), 'allOf' is not permitted. / uses unsupported keyword \`prefixItems\` and cannot be represented in strict Structured Outputs / ${DOCS}`,
    fix: `${SAY} Alternatives are written with anyOf.`,
    at: "schema",
    broken: (schema) => notPermitted(present(schema, KEYWORDS)),
    examples: {
      broken: strict(withProperty({ oneOf: [{ type: "string" }] })),
      sound: strict(withProperty({ anyOf: [{ type: "string" }] })),
    },
  },
  {
    ...OPENAI,
    id: "strict-format",
    classifier: UNSUPPORTED,
    source: `In context=('properties', 'url'), 'uri' is not a valid format. / ${DOCS}`,
    fix: SAY,
    at: "schema",
    broken: ({ format }) =>
      typeof format !== "string" || FORMATS.has(format) ? null : `${shown(format)} is not a valid format`,
    examples: {
      broken: strict(withProperty({ type: "string", format: "uri" })),
      sound: strict(withProperty({ type: "string", format: "date-time" })),
    },
  },
  {
    ...OPENAI,
    id: "strict-untyped",
    classifier: STRICT,
    source: "In context=('properties', 'value'), schema must have a 'type' key.",
    fix: 'Give it a type; for several ["string", "number"] or anyOf.',
    at: "schema",
    broken: (schema) =>
      present(schema, ["type", "$ref", "anyOf", "enum", "const", "oneOf", "allOf"]).length > 0
        ? null
        : "a schema without a type",
    examples: { broken: strict(withProperty({ description: "any value" })), sound: strict(text) },
  },
  {
    ...OPENAI,
    id: "strict-reference",
    classifier: STRICT,
    source: "context=('properties', 'labels'), $ref cannot have keywords {'description'}",
    fix: "Leave $ref alone in its schema; the description belongs to the definition.",
    at: "schema",
    broken(schema) {
      if (schema["$ref"] === undefined) return null;
      const beside = Object.keys(schema).filter((key) => !["$ref", "$defs", "definitions"].includes(key));
      return beside.length === 0 ? null : `$ref cannot stand beside ${listed(beside)}`;
    },
    examples: {
      broken: strict(withProperty({ $ref: "#/$defs/L", description: "x" }, { $defs: { L: { type: "string" } } })),
      sound: strict(withProperty({ $ref: "#/$defs/L" }, { $defs: { L: { type: "string" } } })),
    },
  },
  {
    ...OPENAI,
    id: "strict-limits",
    classifier: LIMITS,
    source: `In context=(), schema exceeds the maximum of 10 levels of nesting. / object properties exceeds limit / ${DOCS}`,
    fix: "Split the tool, or flatten its arguments.",
    at: "root",
    broken: overLimit,
    examples: {
      broken: strict(withProperty({ type: "string", enum: Array.from({ length: 1001 }, (_, n) => `v${n}`) })),
      sound: strict(withProperty({ type: "string", enum: Array.from({ length: 250 }, (_, n) => `v${n}`) })),
    },
  },
];

/** As the `openai` package has them (lib/transform.js), which refuses them before the API does. */
const KEYWORDS = [
  "allOf",
  "oneOf",
  "not",
  "if",
  "then",
  "else",
  "dependencies",
  "dependentRequired",
  "dependentSchemas",
  "patternProperties",
  "propertyNames",
  "unevaluatedProperties",
  "unevaluatedItems",
  "minProperties",
  "maxProperties",
  "prefixItems",
  "contains",
  "minContains",
  "maxContains",
  "uniqueItems",
  "contentEncoding",
  "contentMediaType",
  "contentSchema",
];
const FORMATS = new Set(["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"]);

function notPermitted(keywords: readonly string[]): string | null {
  return keywords.length === 0 ? null : `not permitted: ${keywords.join(", ")}`;
}
