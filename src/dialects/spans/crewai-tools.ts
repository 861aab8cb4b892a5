import type { ToolDefinition } from "../../records/records.ts";
import { object, objects, textOf } from "../../ingest/json/access.ts";
import { toolsOf } from "../../ingest/messages/tools.ts";
import { parsePython } from "../logs/python-repr.ts";
import { fromJson } from "./attributes.ts";

/** CrewAI's tracer writes the repr of each property and required name into the schema: `"{'type': 'string'}"`, `"'claim_id'"`. Null for any other list. */
export function crewTools(value: unknown): ToolDefinition[] | null {
  const list = objects(fromJson(value));
  if (!list.some((tool) => Object.values(propertiesOf(tool)).some((property) => typeof property === "string")))
    return null;
  return toolsOf(
    list.map((tool) => ({
      ...tool,
      function: { ...object(tool["function"]), parameters: repaired(object(object(tool["function"])["parameters"])) },
    })),
  );
}

function propertiesOf(tool: ReturnType<typeof object>): ReturnType<typeof object> {
  return object(object(object(tool["function"])["parameters"])["properties"]);
}

function repaired(schema: ReturnType<typeof object>): unknown {
  const properties = Object.entries(object(schema["properties"])).map(
    ([name, property]) => [name, plain(property)] as const,
  );
  const required = Array.isArray(schema["required"]) ? schema["required"].map(plain) : undefined;
  return { ...schema, properties: Object.fromEntries(properties), ...(required === undefined ? {} : { required }) };
}

function plain(value: unknown): unknown {
  const read = typeof value === "string" ? parsePython(value) : null;
  const text = read === null ? null : textOf(read.value);
  return text === null ? value : fromJson(text);
}
