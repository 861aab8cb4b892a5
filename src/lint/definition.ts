import { isObject, type Json } from "./json.ts";
import type { Provider } from "./provider.ts";

/** A tool as it was defined, whatever the form. */
export interface Definition {
  name: string | null;
  description: unknown;
  /** JSON Schema of the arguments; undefined where there is none. */
  schema: unknown;
  /** What the tool gives back (MCP). */
  output: unknown;
  strict: boolean;
  /** Whose form it has; null for a neutral one. */
  form: Provider | null;
  /** Gemini's `parametersJsonSchema`, which is JSON Schema as it is and no subset of OpenAPI. */
  jsonSchema: boolean;
}

/** Tool definitions of any form, groups unfolded; tools that the provider hosts (web search and the like) are left out. */
export function definitionsOf(tools: readonly unknown[]): Definition[] {
  return tools
    .slice(0, MOST)
    .flatMap(unfolded)
    .slice(0, MOST)
    .flatMap((tool) => definitionOf(tool) ?? []);
}

const MOST = 1000;

/** Gemini groups declarations; all others list them. */
function unfolded(tool: unknown): unknown[] {
  for (const key of GROUPS)
    if (isObject(tool) && Array.isArray(tool[key]))
      return tool[key].slice(0, MOST).map((inner: unknown) => ({ [GEMINI]: true, ...(isObject(inner) ? inner : {}) }));
  return [tool];
}

const GROUPS = ["functionDeclarations", "function_declarations"];
const GEMINI = Symbol("a function declaration");

function definitionOf(tool: unknown): Definition | null {
  if (!isObject(tool)) return null;
  const form = formOf(tool);
  const inner = [tool["function"], tool["toolSpec"], tool["custom"]].find(isObject) ?? tool;
  const key = SCHEMAS.find((one) => inner[one] !== undefined);
  const given = key === undefined ? undefined : inner[key];
  const schema = isObject(given) && isObject(given["json"]) ? given["json"] : given;
  const name = typeof inner["name"] === "string" ? inner["name"] : null;
  if (schema === undefined && isHosted(tool, name)) return null;
  return {
    name,
    description: inner["description"],
    schema,
    output: inner["outputSchema"],
    strict: inner["strict"] === true || tool["strict"] === true,
    form,
    jsonSchema: key === "parametersJsonSchema" || key === "parameters_json_schema",
  };
}

const SCHEMAS = [
  "parameters",
  "input_schema",
  "inputSchema",
  "parametersJsonSchema",
  "parameters_json_schema",
  "args_schema",
  "schema",
];

function isHosted(tool: Json, name: string | null): boolean {
  if (tool["type"] === "custom") return tool["format"] !== undefined || isObject(tool["custom"]);
  if (tool["type"] !== undefined) return tool["type"] !== "function";
  return name === null && !isObject(tool["function"]) && !isObject(tool["toolSpec"]);
}

/** Whose form a definition has, by the key that holds the schema and by what is around it. */
function formOf(tool: Json & { [GEMINI]?: boolean }): Provider | null {
  if (tool[GEMINI] === true || "parametersJsonSchema" in tool) return "gemini";
  if (isObject(tool["toolSpec"])) return "bedrock";
  if ("input_schema" in tool) return "anthropic";
  if ("inputSchema" in tool) return "mcp";
  if (isObject(tool["function"]) || tool["type"] === "function") return "openai";
  const type = isObject(tool["parameters"]) ? tool["parameters"]["type"] : undefined;
  if (typeof type === "string" && type === type.toUpperCase()) return "gemini";
  return null;
}
