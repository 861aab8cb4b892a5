import type { RunView } from "../../compare-tools.ts";
import { line, type Paint } from "../../reporters/text/paint.ts";
import { cell } from "./text.ts";

type CallView = RunView["calls"][number];
export type Compared = Pick<CallView, "argumentsRaw" | "schema" | "violations">;

/** What was sent beside what the tool takes, a line for each name; what differs is coloured and marked. */
export function argumentRows({ argumentsRaw, schema, violations }: Compared, width: number, paint: Paint): string[] {
  const properties = propertiesOf(schema);
  if (argumentsRaw === null || properties === null) return [];
  const sent = parsed(argumentsRaw);
  if (sent === null) return [paint.red(cell(`not a JSON object: ${argumentsRaw}`, width))];
  const half = Math.max(16, Math.floor((width - 4) / 2));
  const wrong = new Set(violations.map(({ path }) => path.split(/[.[]/)[0]));
  const names = [...new Set([...Object.keys(sent), ...Object.keys(properties.types)])].slice(0, MOST);
  return [
    paint.dim(`  ${cell("sent", half)}${cell("the tool takes", half)}`),
    ...names.map((name) => {
      const isSent = Object.hasOwn(sent, name);
      const takes = Object.hasOwn(properties.types, name);
      const isMissing = !isSent && properties.required.has(name);
      const left = isSent ? `${name}: ${JSON.stringify(sent[name])}` : "";
      const right = takes
        ? `${name}: ${typeOf(properties.types[name])}${properties.required.has(name) ? ", required" : ""}`
        : "";
      if (isSent && !takes) return paint.red(`+ ${cell(left, half)}${cell(right, half)}`.trimEnd());
      if (isMissing) return paint.red(`- ${cell(left, half)}${cell(right, half)}`.trimEnd());
      if (wrong.has(name)) return paint.yellow(`! ${cell(left, half)}${cell(right, half)}`.trimEnd());
      return `  ${cell(left, half)}${paint.dim(cell(right, half))}`.trimEnd();
    }),
    ...violations
      .slice(0, MOST)
      .map(({ kind, path, expected, received }) =>
        paint.red(
          cell(
            `  ${kind}: ${line(path)}${expected ? `, needs ${expected}` : ""}${received ? `, got ${received}` : ""}`,
            width,
          ),
        ),
      ),
  ];
}

const MOST = 60;
type Fields = Record<string, unknown>;

function parsed(raw: string): Fields | null {
  try {
    return fieldsOf(JSON.parse(raw));
  } catch {
    return null;
  }
}

/** The schema may be wrapped as providers want it. */
function propertiesOf(schema: unknown): { types: Fields; required: Set<unknown> } | null {
  let at = fieldsOf(schema);
  for (const wrapper of ["function", "parameters", "input_schema", "inputSchema"])
    if (at !== null && !("properties" in at) && wrapper in at) at = fieldsOf(at[wrapper]);
  const types = fieldsOf(at?.["properties"]);
  if (at === null || types === null) return null;
  return { types, required: new Set(Array.isArray(at["required"]) ? at["required"] : []) };
}

function typeOf(schema: unknown): string {
  const fields = fieldsOf(schema);
  const type = fields?.["type"];
  const options = fields?.["enum"];
  if (Array.isArray(options)) return JSON.stringify(options).slice(0, 80);
  return typeof type === "string" ? type : Array.isArray(type) ? type.join(" | ").slice(0, 80) : "any";
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}
