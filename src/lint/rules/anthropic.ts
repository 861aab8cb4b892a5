import { isObject, present, shown, typesOf, type Json } from "../json.ts";
import { example, withProperty, type Rule } from "../rule.ts";

const strict = (schema: unknown): unknown => example(schema, { strict: true });
const CLAUDE = { providers: ["anthropic", "bedrock"], severity: "error", strict: true } as const;
const DOCS = "platform.claude.com/docs/en/build-with-claude/structured-outputs";

/** Claude's strict tools, on Bedrock too; names and the root are with all others. */
export const ANTHROPIC_RULES: readonly Rule[] = [
  {
    ...CLAUDE,
    id: "strict-bounds",
    classifier: "schema/unsupported-keyword",
    source: `tools.0.custom: For 'integer' type, properties maximum, minimum are not supported / For 'array' type, property 'maxItems' is not supported / ${DOCS}`,
    fix: "Leave it out and say the same in the description, or leave strict out.",
    at: "schema",
    broken(schema) {
      const types = typesOf(schema);
      const found = BOUNDS.flatMap(([type, keys]) => (types.includes(type) ? present(schema, keys) : []));
      if (types.includes("array") && Number(schema["minItems"] ?? 0) > 1) found.push("minItems above 1");
      return found.length === 0 ? null : `not supported: ${[...new Set(found)].join(", ")}`;
    },
    examples: {
      broken: strict(withProperty({ type: "integer", minimum: 1 })),
      sound: strict(withProperty({ type: "array", items: { type: "string" }, minItems: 1 })),
    },
  },
  {
    ...CLAUDE,
    id: "strict-string-format",
    classifier: "schema/unsupported-keyword",
    source: `SUPPORTED_STRING_FORMATS of the @anthropic-ai/sdk package (lib/transform-json-schema.js) / ${DOCS}`,
    fix: "Leave it out and say the same in the description, or leave strict out.",
    at: "schema",
    broken: (schema) =>
      typesOf(schema).includes("string") && typeof schema["format"] === "string" && !FORMATS.has(schema["format"])
        ? `the format ${shown(schema["format"])} is not supported`
        : null,
    examples: {
      broken: strict(withProperty({ type: "string", format: "byte" })),
      sound: strict(withProperty({ type: "string", format: "uri" })),
    },
  },
  {
    ...CLAUDE,
    id: "strict-recursion",
    classifier: "schema/unsupported-keyword",
    source: `Recursive schemas are not supported / ${DOCS}`,
    fix: "Write the levels that are needed out, or leave strict out.",
    at: "root",
    broken: (root) => {
      const name = recursive(root);
      return name === null ? null : `${name} refers to itself`;
    },
    examples: {
      broken: strict(
        withProperty(
          { $ref: "#/$defs/Node" },
          {
            $defs: {
              Node: { type: "object", properties: { next: { $ref: "#/$defs/Node" } }, additionalProperties: false },
            },
          },
        ),
      ),
      sound: strict(withProperty({ $ref: "#/$defs/Node" }, { $defs: { Node: { type: "string" } } })),
    },
  },
  {
    id: "strict-tools",
    classifier: "schema/limits-exceeded",
    providers: ["anthropic"],
    severity: "error",
    source: "Too many strict tools (25). The maximum number of strict tools supported is 20.",
    fix: "Leave strict to the tools that need it.",
    at: "tools",
    broken(tools) {
      const count = tools.filter((tool) => tool.strict).length;
      return count > 20 ? [{ tool: null, message: `${count} strict tools in one request, at most 20 are taken` }] : [];
    },
    examples: {
      broken: Array.from({ length: 21 }, (_, n) => example({}, { name: `t${n}`, strict: true })),
      sound: Array.from({ length: 21 }, (_, n) => example({}, { name: `t${n}`, strict: n > 0 })),
    },
  },
];

const NUMBER = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
const BOUNDS: readonly (readonly [type: string, keywords: readonly string[]])[] = [
  ["integer", NUMBER],
  ["number", NUMBER],
  ["string", ["minLength", "maxLength"]],
  ["array", ["maxItems", "uniqueItems", "contains"]],
];

const FORMATS = new Set(["date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid"]);

/** The first definition from which references lead back to itself. */
function recursive(root: Json): string | null {
  const definitions = {
    ...(isObject(root["definitions"]) && root["definitions"]),
    ...(isObject(root["$defs"]) && root["$defs"]),
  };
  const leads = new Map(Object.entries(definitions).map(([name, schema]) => [name, referencesIn(schema)]));
  for (const start of leads.keys()) {
    const open = [...leads.get(start)!];
    const seen = new Set(open);
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (name === start) return name;
      for (const next of leads.get(name) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        open.push(next);
      }
    }
    if (seen.size > MOST) return null;
  }
  return null;
}

const MOST = 5000;

function referencesIn(schema: unknown): Set<string> {
  const found = new Set<string>();
  const open = [schema];
  for (let at = open.pop(), steps = 0; at !== undefined && steps < MOST; at = open.pop(), steps++) {
    if (typeof at !== "object" || at === null) continue;
    const reference = (at as Json)["$ref"];
    if (typeof reference === "string") found.add(reference.replace(/^#\/(?:\$defs|definitions)\//, ""));
    open.push(...Object.values(at).filter((one) => typeof one === "object" && one !== null));
  }
  return found;
}
