import { listed, shown } from "../json.ts";
import type { Provider } from "../provider.ts";
import { example, withProperty, type Rule } from "../rule.ts";

/** Names of tools, by provider; `source` are the words of its refusal or its documentation. */
const NAMES: Record<Provider, { pattern: RegExp; most: number; says: string }> = {
  openai: { pattern: /^[a-zA-Z0-9_-]+$/, most: 64, says: "letters, digits, _ and -" },
  anthropic: { pattern: /^[a-zA-Z0-9_-]+$/, most: 128, says: "letters, digits, _ and -" },
  gemini: {
    pattern: /^[a-zA-Z_][a-zA-Z0-9_.:-]*$/,
    most: 128,
    says: "letters, digits, _, ., : and -, and begins with a letter or _",
  },
  bedrock: { pattern: /^[a-zA-Z0-9_-]+$/, most: 64, says: "letters, digits, _ and -" },
  mcp: { pattern: /^[a-zA-Z0-9_.-]+$/, most: 128, says: "letters, digits, _, . and -" },
};

const SHORT = "Shorten the name, or the prefix that a framework or MCP client puts before it.";
const MODELS = ["openai", "anthropic", "gemini", "bedrock"] as const;

export const NAME_RULES: readonly Rule[] = [
  {
    id: "name-missing",
    classifier: "schema/invalid-schema",
    providers: null,
    severity: "error",
    source: "loc: ('body', 'tools', 0, 'function', 'name'), msg: Field required",
    fix: "Give the tool a name.",
    at: "tool",
    broken: ({ name }) => (name === null || name === "" ? "the tool has no name" : null),
    examples: {
      broken: { type: "function", function: { parameters: withProperty({ type: "string" }) } },
      sound: example({}),
    },
  },
  {
    id: "name-pattern",
    classifier: "schema/invalid-name",
    providers: MODELS,
    severity: "error",
    source:
      "Invalid 'tools[0].function.name': string does not match pattern. / tools.0.custom.name: String should match pattern / Invalid function name. Must start with a letter or an underscore.",
    fix: "Use letters, digits, _ and - only, and begin with a letter: that is right for all providers.",
    at: "tool",
    broken: badName,
    examples: { broken: example({}, { name: "claims get" }), sound: example({}, { name: "claims_get-2" }) },
  },
  {
    id: "mcp-name",
    classifier: "schema/invalid-name",
    providers: ["mcp"],
    severity: "warning",
    source: "modelcontextprotocol.io/specification (SEP-986); Tool name contains invalid characters",
    fix: "Use letters, digits, _ and - only: clients pass the name on to a model, whose rules are narrower.",
    at: "tool",
    broken: badName,
    examples: { broken: example({}, { name: "claims/get" }), sound: example({}, { name: "claims_get" }) },
  },
  {
    id: "name-length",
    classifier: "schema/invalid-name",
    providers: null,
    severity: "error",
    source: "Invalid 'tools[3].name': string too long. Expected a string with maximum length 64",
    fix: SHORT,
    at: "tool",
    broken: ({ name }, provider) =>
      name !== null && name.length > NAMES[provider].most
        ? `the name has ${name.length} characters, at most ${NAMES[provider].most} are taken`
        : null,
    examples: { broken: example({}, { name: "n".repeat(129) }), sound: example({}, { name: "n".repeat(64) }) },
  },
  {
    id: "name-length-older",
    classifier: "schema/invalid-name",
    providers: ["gemini"],
    severity: "warning",
    source: "Must be alphameric (a-z, A-Z, 0-9), underscores (_), dots (.) or dashes (-), with a maximum length of 64",
    fix: SHORT,
    at: "tool",
    broken: ({ name }) =>
      name !== null && name.length > 64 && name.length <= 128
        ? `the name has ${name.length} characters, older versions of the API take 64`
        : null,
    examples: { broken: example({}, { name: "n".repeat(70) }), sound: example({}, { name: "n".repeat(64) }) },
  },
  {
    id: "property-name",
    classifier: "schema/invalid-schema",
    providers: ["anthropic"],
    severity: "error",
    source: "tools.3.custom.input_schema.properties: Property keys should match pattern '^[a-zA-Z0-9_.-]{1,64}$'",
    fix: "Rename the argument: letters, digits, _, . and - only, at most 64.",
    at: "schema",
    broken(schema) {
      const properties = schema["properties"];
      if (typeof properties !== "object" || properties === null) return null;
      const bad = Object.keys(properties).filter((key) => !/^[a-zA-Z0-9_.-]{1,64}$/.test(key));
      return bad.length === 0 ? null : `names of arguments that are not taken: ${listed(bad.map(shown))}`;
    },
    examples: {
      broken: example({ type: "object", properties: { "the city": { type: "string" } } }),
      sound: example({ type: "object", properties: { "the.city": { type: "string" } } }),
    },
  },
];

function badName({ name }: { name: string | null }, provider: Provider): string | null {
  if (name === null || name === "" || NAMES[provider].pattern.test(name)) return null;
  return `the name ${shown(name)} may hold only ${NAMES[provider].says}`;
}
