import type { ToolCall } from "../records/call.ts";
import type { Finding } from "../records/finding.ts";
import { typeName, violationsOf } from "./schema-check.ts";

/**
 * True when the call itself contradicts what a text seems to say of its arguments: the text talks about another call.
 * Only results that nothing flags as errors are doubted (a customer's traceback, an explained error code).
 */
export function isContradicted(finding: Finding, call: ToolCall): boolean {
  if (!finding.by.startsWith("signature:")) return false;
  if (
    call.results.some(({ isError }) => isError === true) ||
    call.executions.some(({ outcome }) => outcome === "failed")
  )
    return false;
  // a flag that says "no error" leaves room for an error in the tool's own data, not in what comes before the tool
  if (call.results.some(({ isError }) => isError === false))
    return ["registration", "arguments", "mcp", "provider"].includes(finding.layer);
  if (finding.layer !== "arguments" || typeName(call.arguments) !== "object") return false;
  const given = call.arguments as object;
  const { argument } = finding.facts;
  const fits = call.schema !== null && violationsOf(call.schema, call.arguments).length === 0;
  switch (finding.classifier) {
    case "arguments/unexpected-argument":
      return argument !== undefined && !argument.includes(".") && !Object.hasOwn(given, argument);
    case "arguments/missing-argument":
      return (
        argument !== undefined &&
        !argument.includes(".") &&
        (Object.hasOwn(given, argument) || (fits && !declares(call.schema, argument)))
      );
    case "arguments/malformed-json":
    case "arguments/truncated":
    case "arguments/empty":
    case "arguments/validation-failed":
      return fits;
    default:
      return false;
  }
}

function declares(schema: unknown, name: string): boolean {
  const properties = typeof schema === "object" && schema !== null && "properties" in schema ? schema.properties : null;
  return typeof properties === "object" && properties !== null && Object.hasOwn(properties, name);
}
