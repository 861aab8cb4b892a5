import type { Span } from "@opentelemetry/api";
import { recordable } from "./content.ts";
import { jsonText, resultForm, unsafePath } from "./json-safe.ts";
import { settings } from "./settings.ts";
import { warn } from "./warnings.ts";

/** Form and size of what a tool gave back, its text where content is recorded, and what the next request will make of it. */
export function recordResult(span: Span, name: string, result: unknown, values: number): void {
  const form = resultForm(result);
  span.setAttributes({ "misfire.result.form": form, ...(values > 1 ? { "misfire.result.parts": values } : {}) });
  const unsafe = unsafePath(result);
  if (unsafe !== null)
    warn(span, "result-not-json", `the result of ${name} is not JSON-safe: ${unsafe}`, { "gen_ai.tool.name": name });
  const text = typeof result === "string" ? result : jsonText(result);
  if (typeof text !== "string") return;
  span.setAttribute("misfire.result.size", text.length);
  const { maxResult, content } = settings();
  if (text.length > maxResult)
    warn(span, "result-large", `the result of ${name} has ${text.length} characters, more than ${maxResult}`, {
      "gen_ai.tool.name": name,
    });
  if (content) span.setAttribute("gen_ai.tool.call.result", recordable(text));
}
