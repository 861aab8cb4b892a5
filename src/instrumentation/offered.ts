import { toolsOf } from "../provider-messages.ts";
import type { ToolDefinition } from "../records/records.ts";

/** The tools of a request. Each is read once, as long as it is the same object: agents send the same ones every time. */
export function offeredIn(tools: unknown): ToolDefinition[] | null {
  if (tools === undefined) return null;
  if (!Array.isArray(tools)) return toolsOf(tools);
  return tools.flatMap((tool: unknown) => {
    if (typeof tool !== "object" || tool === null) return toolsOf([tool]);
    const known = definitions.get(tool);
    if (known !== undefined) return known;
    const read = toolsOf([tool]);
    definitions.set(tool, read);
    return read;
  });
}
const definitions = new WeakMap<object, ToolDefinition[]>();
