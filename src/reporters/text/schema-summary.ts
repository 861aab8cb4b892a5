import type { Facts } from "../../records/finding.ts";

/** `claim_id: string, required; limit: integer`: the parameters of a tool, those that the facts name first. Null when there are none to name. */
export function schemaSummary(schema: unknown, facts: Facts): string | null {
  const { properties, required } = parametersOf(schema);
  const names = Object.keys(properties);
  if (names.length === 0) return null;
  const important = new Set([facts.nearest, facts.argument].filter((name) => name !== undefined));
  const ordered = [...names.filter((name) => important.has(name)), ...names.filter((name) => !important.has(name))];
  const shown = ordered
    .slice(0, MOST)
    .map((name) => `${name.slice(0, 60)}: ${typeOf(properties[name])}${required.has(name) ? ", required" : ""}`);
  return shown.join("; ") + (names.length > MOST ? `; and ${names.length - MOST} more` : "");
}

const MOST = 6;

type Row = Record<string, unknown>;

/** The schema may be wrapped as providers want it: `function.parameters`, `parameters`, `input_schema`, `inputSchema`. */
function parametersOf(schema: unknown): { properties: Row; required: Set<unknown> } {
  let row = rowOf(schema);
  for (const wrapper of ["function", "parameters", "input_schema", "inputSchema"]) {
    if (!("properties" in row) && wrapper in row) row = rowOf(row[wrapper]);
  }
  return {
    properties: rowOf(row["properties"]),
    required: new Set(Array.isArray(row["required"]) ? row["required"] : []),
  };
}

function typeOf(schema: unknown): string {
  const row = rowOf(schema);
  const { type } = row;
  if (Array.isArray(row["enum"]))
    return row["enum"]
      .slice(0, 6)
      .map((value) => String(JSON.stringify(value)).slice(0, 30))
      .join(" | ");
  if (typeof type === "string")
    return type === "array" && "items" in row ? `array of ${simpleType(row["items"])}` : type;
  if (Array.isArray(type)) return type.slice(0, 6).join(" | ");
  const options = row["anyOf"] ?? row["oneOf"];
  return Array.isArray(options) ? options.slice(0, 6).map(simpleType).join(" | ") : "any";
}

function simpleType(schema: unknown): string {
  const { type } = rowOf(schema);
  return typeof type === "string" ? type : "object";
}

function rowOf(value: unknown): Row {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Row) : {};
}
