import { definitionsOf } from "./definition.ts";
import { isObject, type Json } from "./json.ts";
import type { Offer } from "./problems.ts";
import { PROVIDERS, providerOfModel } from "./provider.ts";

/**
 * The tools in a parsed JSON file: a list of definitions of any provider, `tools/list` of MCP, tools by name, one
 * definition, a bare JSON Schema, or the body of a request. Null: it is something else, such as a trace.
 */
export function offerIn(value: unknown): Offer | null {
  if (Array.isArray(value)) return areTools(value) ? offer(value, null) : null;
  if (!isObject(value)) return null;
  const body = isObject(value["request"]) && !("messages" in value) ? value["request"] : value;
  if (HISTORIES.some((key) => key in body)) return ofRequest(body);
  const list = listIn(body);
  if (list !== null) return list.length === 0 || areTools(list) ? offer(list, null) : null;
  if (areTools([body])) return offer([body], null);
  if (isSchema(body)) return offer([{ name: "schema", parameters: body }], null);
  const named = Object.entries(body).map(([name, tool]) => ({ name, ...(isObject(tool) ? tool : {}) }));
  return named.length > 0 && Object.values(body).every((tool) => isObject(tool) && hasSchema(tool)) && areTools(named)
    ? offer(named, null)
    : null;
}

const HISTORIES = ["messages", "input", "contents"];

/** A request is one when it says something of tools; a transcript without them is read as any other. */
function ofRequest(body: Json): Offer | null {
  const list = listIn(body);
  const isAsked = typeof body["model"] === "string" || "tool_choice" in body || "toolConfig" in body;
  if (list === null && !isAsked) return null;
  return offer(list, body);
}

function listIn(body: Json): unknown[] | null {
  for (const at of [body, body["result"], body["toolConfig"], body["config"], body["params"]])
    if (isObject(at))
      for (const key of ["tools", "functions"]) {
        const list = at[key];
        if (Array.isArray(list))
          return key === "tools" ? list : list.map((tool: unknown) => ({ type: "function", function: tool }));
      }
  return null;
}

function offer(listed: unknown[] | null, body: Json | null): Offer {
  const read = definitionsOf(listed ?? []);
  const forms = new Set(read.flatMap(({ form }) => form ?? []));
  const [only] = forms.size === 1 ? forms : [];
  // What shows no form of its own has that of its neighbours.
  const tools = only === undefined ? read : read.map((tool) => ({ ...tool, form: tool.form ?? only }));
  const model = typeof body?.["model"] === "string" ? body["model"] : null;
  const known = providerOfModel(model) ?? only ?? (tools.length === 0 && body !== null ? "openai" : null);
  return { tools, listed, body, providers: known === null ? PROVIDERS : [known], asSent: false };
}

/** Messages and results may have a name as well: what counts is a schema. */
function areTools(list: readonly unknown[]): boolean {
  return (
    list.some((tool) => definitionsOf([tool]).some(({ schema }) => schema !== undefined)) &&
    list.every((tool) => isObject(tool) && !("role" in tool) && !("content" in tool) && !("resourceSpans" in tool))
  );
}

function hasSchema(tool: Json): boolean {
  return ["parameters", "inputSchema", "input_schema"].some((key) => isObject(tool[key]));
}

function isSchema(value: Json): boolean {
  const { type, properties, $schema } = value;
  return isObject(properties)
    ? type === undefined || typeof type === "string"
    : typeof $schema === "string" && type !== undefined;
}
