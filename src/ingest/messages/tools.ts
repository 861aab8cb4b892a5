import type { ToolDefinition } from "../../records/records.ts";
import { firstText, object, text, type Json } from "../json/access.ts";
import { parseIfText, parseJsonText } from "../json/parse.ts";

/**
 * Tool definitions of any provider: OpenAI Chat and Responses, Anthropic, Gemini `functionDeclarations`, Bedrock
 * `toolSpec`, AI SDK, a JSON text of one, or a name alone. Hosted tools (web search and the like) have no name and are left out.
 */
export function toolsOf(value: unknown): ToolDefinition[] {
  const list = Array.isArray(value) ? value : typeof value === "object" && value !== null ? grouped(value as Json) : [];
  return list.slice(0, MAX_TOOLS).flatMap((tool) => toolOf(tool, 0));
}

const MAX_TOOLS = 10_000;

/** Tools by name (`{get_x: {description, inputSchema}}`), or one group of them. */
function grouped(value: Json): unknown[] {
  if (
    ["name", "function", "functionDeclarations", "function_declarations", "toolSpec", "tools"].some(
      (key) => key in value,
    )
  )
    return [value];
  return Object.entries(value).map(([name, tool]) => ({ name, ...object(tool) }));
}

function toolOf(value: unknown, depth: number): ToolDefinition[] {
  if (depth > 3) return [];
  if (typeof value === "string") {
    if (!value.startsWith("{") && !value.startsWith("["))
      return value === "" ? [] : [{ name: value, description: null, schema: null }];
    const parsed = parseJsonText(value);
    return (Array.isArray(parsed) ? parsed : [parsed]).flatMap((tool) =>
      typeof tool === "object" ? toolOf(tool, depth + 1) : [],
    );
  }
  const tool = object(value);
  for (const key of GROUPS)
    if (Array.isArray(tool[key])) return tool[key].slice(0, MAX_TOOLS).flatMap((inner) => toolOf(inner, depth + 1));
  const inner = object(tool["function"] ?? tool["toolSpec"] ?? tool["custom"] ?? tool["json_schema"]);
  const name = firstText(inner["name"], tool["name"], tool["tool_name"]);
  if (name === null) return [];
  const output = schemaOf(inner, OUTPUTS) ?? schemaOf(tool, OUTPUTS);
  return [
    {
      name,
      description: text(inner["description"] ?? tool["description"]),
      schema: schemaOf(inner) ?? schemaOf(tool),
      ...(output === null ? {} : { output }),
      ...(inner["strict"] === true || tool["strict"] === true ? { strict: true } : {}),
    },
  ];
}

const GROUPS = ["functionDeclarations", "function_declarations", "tools", "function_tools"];
const SCHEMAS = [
  "parameters",
  "inputSchema",
  "input_schema",
  "parametersJsonSchema",
  "parameters_json_schema",
  "args_schema",
];

/** MCP, AI SDK; Gemini's schema of a response. */
const OUTPUTS = ["outputSchema", "output_schema", "responseJsonSchema", "response_json_schema"];

function schemaOf(tool: Json, keys: readonly string[] = SCHEMAS): unknown {
  for (const key of keys) {
    const schema = parseIfText(tool[key]);
    if (typeof schema !== "object" || schema === null) continue;
    const inner = object(schema)["json"] ?? object(schema)["jsonSchema"];
    return sound(typeof inner === "object" && inner !== null ? inner : schema);
  }
  return null;
}

/** CrewAI's tracer writes the repr of each property: what is no schema any more is none. */
function sound(schema: object): unknown {
  const properties = object((schema as Json)["properties"]);
  return Object.values(properties).some((value) => typeof value === "string") ? null : schema;
}
