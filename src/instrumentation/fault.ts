import { violationsOf } from "../provider-messages.ts";
import type { RequestedCall, ToolDefinition } from "../records/records.ts";
import { errorWords } from "./content.ts";
import { settings } from "./settings.ts";

/** Why a call cannot be executed as it is, the first stage that fails. */
export interface Fault {
  stage: "parsed" | "looked-up" | "validated";
  type: string;
  message: string;
}

/** What is wrong with a call before anybody has executed it; null when nothing is, as far as the offers tell. */
export function faultOf(
  call: RequestedCall,
  offered: readonly ToolDefinition[] | null,
  truncated: boolean,
): Fault | null {
  const raw = call.argumentsRaw;
  let value: unknown;
  if (raw !== null && raw !== "" && call.parsed !== true) {
    try {
      value = JSON.parse(raw);
    } catch (error) {
      const cut =
        truncated ||
        (/Unterminated|Unexpected end|Expected .* at position \d+ .*$/.test(String(error)) &&
          raw.length <= positionOf(error));
      const said = `SyntaxError: ${errorWords((error as Error).message)}`;
      return {
        stage: "parsed",
        type: cut ? "truncated_arguments" : "invalid_arguments_json",
        message: `Tool call ${call.name}: the arguments are no JSON${cut ? ", they were cut off" : ""}: ${said}`,
      };
    }
  }
  if (offered === null) return null;
  const definition = offered.find(({ name }) => name === call.name);
  if (definition === undefined && offered.length > 0)
    return {
      stage: "looked-up",
      type: "unknown_tool",
      message: `Unknown tool: ${call.name}. Available tools: ${offered.map(({ name }) => name).join(", ")}`,
    };
  const wrong = definition === undefined || value === undefined ? undefined : violationsOf(definition.schema, value)[0];
  return wrong === undefined
    ? null
    : { stage: "validated", type: "invalid_arguments", message: `Tool call ${call.name}: ${violationText(wrong)}` };
}

function positionOf(error: unknown): number {
  const position = /position (\d+)/.exec(String(error))?.[1];
  return position === undefined ? Infinity : Number(position);
}

/**
 * Names and types only: no value that the model wrote, but for one outside of an enumeration when content is on. The
 * classifiers know these words (signatures `misfire-...`).
 */
export function violationText(wrong: Violation): string {
  const at = wrong.path === "" ? "the arguments" : wrong.path;
  if (wrong.kind === "missing") return `${at} is required and missing`;
  if (wrong.kind === "unexpected") return `${at} is not an argument of the tool (${wrong.expected})`;
  if (wrong.kind === "type") return `${at} is of the type ${wrong.received}, the schema says ${wrong.expected}`;
  const value = settings().content ? wrong.received : "a value";
  return `${at} has ${value} that the schema does not allow: expected ${wrong.expected}`;
}

type Violation = ReturnType<typeof violationsOf>[number];
