/** A place where a tool definition breaks a rule of the provider it is sent to. */
export interface SchemaProblem {
  tool: string;
  /** Inside the schema, `properties.city.items`; empty for the whole. */
  path: string;
  rule: string;
  message: string;
  /** The provider answers with HTTP 400, against it may read it in another way. */
  refused: boolean;
}

/**
 * Checks tool definitions as they go over the wire (`tools` of a request), or neutral ones (`name`, `schema`), by the
 * rules of their provider: `openai`, `anthropic`, `gcp.gemini`, any other (only what all refuse).
 */
export function schemaProblems(provider: string, tools: unknown): SchemaProblem[] {
  const found: SchemaProblem[] = [];
  const list = Array.isArray(tools) ? tools.slice(0, MOST_TOOLS).flatMap(unfolded) : [];
  const names = new Set<string>();
  for (const each of list) {
    const tool = parts(each);
    if (tool === null) continue;
    const name = tool.name ?? "(without a name)";
    const say = (path: string, rule: string, message: string, refused = true): void => {
      if (found.length < MOST_PROBLEMS) found.push({ tool: name, path, rule, message, refused });
    };
    const allowed = NAMES[provider] ?? NAMES["any"]!;
    if (tool.name === null) say("", "name", "the tool has no name");
    else if (!allowed.test(tool.name)) say("", "name", `the name does not match ${allowed.source}`);
    if (tool.name !== null && names.has(tool.name)) say("", "duplicate", "two tools have this name");
    names.add(name);
    if (tool.schema === undefined || tool.schema === null) continue;
    if (!isObject(tool.schema) || (tool.schema["type"] !== "object" && !String(tool.schema["type"]).match(/^object$/i)))
      say(
        "",
        "root-object",
        `the schema's type must be "object", not ${JSON.stringify((tool.schema as Json)["type"] ?? null)}`,
      );
    walk(tool.schema, "", 0, (schema, path) => {
      for (const rule of RULES) {
        if (!rule.when(provider, tool.strict)) continue;
        const message = rule.broken(schema, path);
        if (message !== null) say(path, rule.name, message, rule.refused ?? true);
      }
    });
  }
  return found;
}

const MOST_TOOLS = 1000;
const MOST_PROBLEMS = 200;

/** OpenAI: `^[a-zA-Z0-9_-]+$`, 64; Anthropic 128; Gemini begins with a letter or underscore and allows dots. */
const NAMES: Record<string, RegExp> = {
  openai: /^[a-zA-Z0-9_-]{1,64}$/,
  anthropic: /^[a-zA-Z0-9_-]{1,128}$/,
  "gcp.gemini": /^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$/,
  any: /^[a-zA-Z0-9_.:/-]{1,128}$/,
};

interface Rule {
  name: string;
  when(provider: string, strict: boolean): boolean;
  broken(schema: Json, path: string): string | null;
  refused?: boolean;
}

const strictly = (provider: string, strict: boolean): boolean =>
  strict && (provider === "openai" || provider === "anthropic");

/**
 * Sources: the texts with which the providers refuse a schema (`Invalid schema for function`, classifiers/model), and
 * OpenAI's list of supported keywords of Structured Outputs.
 */
const RULES: readonly Rule[] = [
  {
    name: "items",
    when: (provider) => provider === "openai" || provider === "gcp.gemini",
    broken: (schema) =>
      typeOf(schema).includes("array") && schema["items"] === undefined && schema["prefixItems"] === undefined
        ? "array schema missing items"
        : null,
  },
  {
    name: "object-properties",
    when: (provider) => provider === "openai",
    broken: (schema, path) =>
      path === "" && schema["type"] === "object" && schema["properties"] === undefined
        ? "object schema missing properties"
        : null,
  },
  {
    name: "required-names",
    when: () => true,
    broken: (schema) => {
      const properties = isObject(schema["properties"]) ? schema["properties"] : null;
      const missing =
        properties === null ? [] : texts(schema["required"]).filter((name) => !Object.hasOwn(properties, name));
      return missing.length === 0 ? null : `required names what properties does not have: ${missing.join(", ")}`;
    },
    refused: false,
  },
  {
    name: "strict-closed",
    when: strictly,
    broken: (schema) =>
      isObject(schema["properties"]) && schema["additionalProperties"] !== false
        ? "strict: additionalProperties must be false"
        : null,
  },
  {
    name: "strict-required",
    when: (provider, strict) => strict && provider === "openai",
    broken: (schema) => {
      const required = new Set(texts(schema["required"]));
      const left = isObject(schema["properties"])
        ? Object.keys(schema["properties"]).filter((name) => !required.has(name))
        : [];
      return left.length === 0 ? null : `strict: required must name every property, and lacks ${left.join(", ")}`;
    },
  },
  {
    name: "strict-keywords",
    when: (provider, strict) => strict && provider === "openai",
    broken: (schema) =>
      keywords(schema, [
        "allOf",
        "not",
        "dependentRequired",
        "dependentSchemas",
        "if",
        "then",
        "else",
        "oneOf",
        "patternProperties",
        "unevaluatedProperties",
        "propertyNames",
        "minProperties",
        "maxProperties",
        "default",
      ]),
  },
  {
    name: "root-combination",
    when: (provider) => provider === "openai" || provider === "anthropic",
    broken: (schema, path) => (path === "" ? keywords(schema, ["oneOf", "anyOf", "allOf", "enum", "not"]) : null),
  },
  {
    name: "keywords",
    when: (provider) => provider === "gcp.gemini",
    broken: (schema) =>
      keywords(schema, [
        "$ref",
        "$defs",
        "definitions",
        "patternProperties",
        "const",
        "if",
        "not",
        "exclusiveMinimum",
        "exclusiveMaximum",
      ]),
  },
  {
    name: "enum-type",
    when: (provider) => provider === "gcp.gemini",
    broken: (schema) =>
      Array.isArray(schema["enum"]) && schema["enum"].some((one) => typeof one !== "string")
        ? "enum may hold strings only"
        : null,
  },
];

function keywords(schema: Json, unsupported: readonly string[]): string | null {
  const found = unsupported.filter((key) => Object.hasOwn(schema, key));
  return found.length === 0 ? null : `not supported here: ${found.join(", ")}`;
}

/** Every schema within a schema, the root first; names of properties are no keywords. */
function walk(schema: unknown, path: string, depth: number, see: (schema: Json, path: string) => void): void {
  if (!isObject(schema) || depth > 16) return;
  see(schema, path);
  const at = (key: string): string => (path === "" ? key : `${path}.${key}`);
  for (const key of ["properties", "$defs", "definitions"])
    if (isObject(schema[key]))
      for (const [name, inner] of Object.entries(schema[key]).slice(0, 500))
        walk(inner, at(`${key}.${name}`), depth + 1, see);
  for (const key of ["items", "additionalProperties"]) walk(schema[key], at(key), depth + 1, see);
  for (const key of ["anyOf", "oneOf", "allOf", "prefixItems"])
    if (Array.isArray(schema[key]))
      schema[key].slice(0, 50).forEach((inner: unknown, index) => walk(inner, at(`${key}[${index}]`), depth + 1, see));
}

/** Gemini groups declarations; all others list them. */
function unfolded(tool: unknown): unknown[] {
  const group = isObject(tool) ? (tool["functionDeclarations"] ?? tool["function_declarations"]) : null;
  return Array.isArray(group) ? group.slice(0, MOST_TOOLS) : [tool];
}

/** The definition inside of whatever form; null for tools that the provider hosts (web search and the like). */
function parts(tool: unknown): { name: string | null; schema: unknown; strict: boolean } | null {
  if (!isObject(tool)) return null;
  const inner = isObject(tool["function"]) ? tool["function"] : tool;
  const schema =
    inner["parameters"] ??
    inner["input_schema"] ??
    inner["inputSchema"] ??
    inner["parametersJsonSchema"] ??
    inner["schema"];
  const name = typeof inner["name"] === "string" ? inner["name"] : null;
  if (schema === undefined && (tool["type"] === undefined ? name === null : tool["type"] !== "function")) return null;
  return { name, schema, strict: inner["strict"] === true || tool["strict"] === true };
}

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function typeOf(schema: Json): string[] {
  return texts(Array.isArray(schema["type"]) ? schema["type"] : [schema["type"]]).map((type) => type.toLowerCase());
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}
