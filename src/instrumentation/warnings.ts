import type { Span } from "@opentelemetry/api";
import { schemaProblems } from "../records/schema-rules.ts";
import type { ToolDefinition } from "../records/records.ts";
import { settings } from "./settings.ts";

/** Says a mistake at the moment it is made: an event on the span, and once per text a line for the logger. */
export function warn(
  span: Span | null,
  kind: string,
  message: string,
  fields: Record<string, string | number> = {},
): void {
  const key = `${kind}\n${message}`;
  if (said.has(key)) return;
  if (said.size >= MOST) said.clear();
  said.add(key);
  span?.addEvent("misfire.warning", { "misfire.warning": kind, "misfire.warning.message": message, ...fields });
  settings().logger?.warn({ misfire: kind, ...fields }, message);
}

/** Tests and long-lived processes may want to hear them again. */
export function forgetWarnings(): void {
  said.clear();
}

/** Schemas that the provider will refuse, and names that it does not allow. */
export function warnOfRequest(
  span: Span,
  provider: string,
  body: Record<string, unknown>,
  offered: readonly ToolDefinition[] | null,
): void {
  if (offered === null || checked.has(body["tools"] as object)) return;
  if (typeof body["tools"] === "object" && body["tools"] !== null) checked.add(body["tools"]);
  for (const { tool, path, message } of schemaProblems(provider, body["tools"]))
    warn(span, "schema", `${tool}${path === "" ? "" : ` at ${path}`}: ${message}`, { "gen_ai.tool.name": tool });
}

const said = new Set<string>();
const MOST = 2000;
/** One look at each array of tools: agents send the same one with every request. */
const checked = new WeakSet<object>();
