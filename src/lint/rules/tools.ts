import { isObject, propertiesOf, shown } from "../json.ts";
import { example, withProperty, type Broken, type Rule } from "../rule.ts";
import type { Definition } from "../definition.ts";

const sound = example(withProperty({ type: "string" }));
const many = (count: number): unknown[] => Array.from({ length: count }, (_, n) => ({ ...sound, name: `find_${n}` }));

/** About definitions as a whole and about several of them. */
export const TOOL_RULES: readonly Rule[] = [
  {
    id: "duplicate",
    classifier: "registration/invalid-definition",
    providers: ["anthropic", "gemini", "bedrock"],
    severity: "error",
    source: "tools: Tool names must be unique. / Duplicate function declaration found: find",
    fix: "Rename one of them; two MCP servers need a prefix each.",
    at: "tools",
    broken: duplicates,
    examples: { broken: [sound, sound], sound: [sound, { ...sound, name: "other" }] },
  },
  {
    id: "duplicate-ambiguous",
    classifier: "registration/invalid-definition",
    providers: ["openai", "mcp"],
    severity: "warning",
    source: "No refusal: a call names one, and which function runs depends on the order of registration",
    fix: "Rename one of them; two MCP servers need a prefix each.",
    at: "tools",
    broken: duplicates,
    examples: { broken: [sound, sound], sound: [sound, { ...sound, name: "other" }] },
  },
  tooMany(
    "too-many-tools",
    "openai",
    128,
    "Invalid 'tools': array too long. Expected an array with maximum length 128",
  ),
  tooMany("too-many-declarations", "gemini", 512, "At most 512 function declarations can be specified."),
  {
    id: "schema-missing",
    classifier: "schema/invalid-schema",
    providers: ["anthropic", "bedrock", "mcp"],
    severity: "error",
    asSent: true,
    source:
      "tools.0.custom.input_schema: Field required / #/toolConfig/tools/0/toolSpec: required key [inputSchema] not found",
    fix: 'Give it a schema; for a tool without arguments {"type": "object", "properties": {}}.',
    at: "tool",
    broken: ({ schema }) => (schema === undefined ? "the tool has no schema for its input" : null),
    examples: { broken: { name: "now", type: "custom" }, sound: { name: "now", input_schema: { type: "object" } } },
  },
  {
    id: "schema-form",
    classifier: "schema/invalid-schema",
    providers: null,
    severity: "error",
    source: "Invalid type for 'tools[2].function.parameters': expected an object, but got a string instead.",
    fix: "Pass the schema as an object, not as JSON text or a list.",
    at: "tool",
    broken: ({ schema }) =>
      schema === undefined || schema === null || isObject(schema)
        ? null
        : `the schema must be an object, not ${Array.isArray(schema) ? "a list" : `a ${typeof schema}`}`,
    examples: { broken: example("{}"), sound },
  },
  {
    id: "description-form",
    classifier: "schema/invalid-schema",
    providers: null,
    severity: "error",
    source: "tools.1.custom.description: Input should be a valid string",
    fix: "Make the description a string.",
    at: "tool",
    broken: ({ description }) =>
      description === undefined || description === null || typeof description === "string"
        ? null
        : `the description must be a string, not ${shown(description)}`,
    examples: { broken: { ...sound, description: ["Finds"] }, sound },
  },
  {
    id: "description-empty",
    classifier: "schema/invalid-schema",
    providers: ["bedrock"],
    severity: "error",
    source:
      "Value '' at 'toolConfig.tools.1.member.toolSpec.description' failed to satisfy constraint: Member must have length greater than or equal to 1",
    fix: "Say in the description what the tool does, or leave it out.",
    at: "tool",
    broken: ({ description }) => (description === "" ? "the description is empty" : null),
    examples: { broken: { ...sound, description: "" }, sound },
  },
  {
    id: "description-length",
    classifier: "schema/limits-exceeded",
    providers: ["openai"],
    severity: "warning",
    source:
      "Invalid 'tools[5].function.description': string too long. Expected a string with maximum length 1024 (lifted by OpenAI in 2025; deployments on Azure and gateways still have it)",
    fix: "Move the details to the descriptions of the arguments or to the system prompt.",
    at: "tool",
    broken: ({ description }) =>
      typeof description === "string" && description.length > 1024
        ? `the description has ${description.length} characters; some deployments refuse more than 1024`
        : null,
    examples: { broken: { ...sound, description: "x".repeat(1025) }, sound },
  },
  {
    id: "output-object",
    classifier: "schema/invalid-schema",
    providers: ["mcp"],
    severity: "error",
    source: "modelcontextprotocol.io/specification: outputSchema has the type object",
    fix: "Wrap what the tool gives back into an object.",
    at: "tool",
    broken: ({ output }) =>
      output === undefined || output === null || (isObject(output) && output["type"] === "object")
        ? null
        : `outputSchema must be of type "object", not ${shown(isObject(output) ? (output["type"] ?? null) : output)}`,
    examples: {
      broken: { name: "find", inputSchema: { type: "object" }, outputSchema: { type: "array" } },
      sound: { name: "find", inputSchema: { type: "object" }, outputSchema: { type: "object" } },
    },
  },
  {
    id: "collected-arguments",
    classifier: "registration/signature-mismatch",
    providers: null,
    severity: "warning",
    source: "What frameworks make of a function that takes **kwargs: one argument of that name",
    fix: "Name each argument in the function's signature, or write the schema by hand.",
    at: "tool",
    broken({ schema }) {
      const names = isObject(schema) ? Object.keys(propertiesOf(schema)) : [];
      return names.includes("kwargs") && names.every((name) => name === "kwargs" || name === "args")
        ? `the model is offered ${names.join(" and ")} instead of the arguments themselves`
        : null;
    },
    examples: { broken: example({ type: "object", properties: { kwargs: {} } }), sound },
  },
];

function tooMany(id: string, provider: "openai" | "gemini", most: number, source: string): Rule {
  return {
    id,
    classifier: "schema/limits-exceeded",
    providers: [provider],
    severity: "error",
    source,
    fix: "Offer only the tools that this step needs.",
    at: "tools",
    broken: (tools) =>
      tools.length > most
        ? [{ tool: null, message: `${tools.length} tools in one request, at most ${most} are taken` }]
        : [],
    examples: { broken: many(most + 1), sound: many(most) },
  };
}

function duplicates(tools: readonly Definition[]): Broken[] {
  const count = new Map<string, number>();
  for (const { name } of tools) if (name !== null) count.set(name, (count.get(name) ?? 0) + 1);
  return [...count]
    .filter(([, times]) => times > 1)
    .map(([tool, times]) => ({ tool, message: `${times} tools have this name` }));
}
