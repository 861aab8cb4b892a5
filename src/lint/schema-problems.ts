import { definitionsOf, type Definition } from "./definition.ts";
import { isObject } from "./json.ts";
import { problemsOf, type Problem } from "./problems.ts";
import { providerOf } from "./provider.ts";

/**
 * Checks tool definitions as an application gives them to an SDK, by the rules of the provider as the GenAI conventions
 * name it (`openai`, `anthropic`, `gcp.gemini`); of any other only what everybody refuses.
 */
export function schemaProblems(
  provider: string,
  tools: unknown,
  body: Record<string, unknown> | null = null,
): Problem[] {
  const listed = Array.isArray(tools) ? tools : null;
  const known = providerOf(provider);
  return problemsOf({
    tools: definitionsOf(listed ?? []).map((tool) => (known === "gemini" ? asSdkSends(tool) : tool)),
    listed,
    body,
    providers: known === null ? [] : [known],
    asSent: known !== null,
  });
}

/** @google/genai drops additionalProperties, writes lists of types as anyOf, and sends what names its $schema as JSON Schema. */
function asSdkSends(tool: Definition): Definition {
  const isWhole = isObject(tool.schema) && "$schema" in tool.schema;
  return { ...tool, jsonSchema: tool.jsonSchema || isWhole, schema: converted(tool.schema, 0) };
}

/** Below `properties` the keys are names and no keywords. */
function converted(value: unknown, depth: number, areNames = false): unknown {
  if (depth > 64) return {};
  if (Array.isArray(value)) return value.slice(0, 1000).map((one) => converted(one, depth + 1));
  if (!isObject(value)) return value;
  const isList = !areNames && Array.isArray(value["type"]);
  const kept = Object.entries(value).filter(
    ([key]) => areNames || !(key === "additionalProperties" || (key === "type" && isList)),
  );
  const changed = Object.fromEntries(
    kept.map(([key, inner]) => [key, converted(inner, depth + 1, !areNames && key === "properties")]),
  );
  return isList ? { ...changed, anyOf: (value["type"] as unknown[]).map((type) => ({ type })) } : changed;
}
