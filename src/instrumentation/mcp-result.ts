import { SpanKind, SpanStatusCode, type Span } from "./api.ts";
import { recordable } from "./content.ts";
import { jsonText } from "./json-safe.ts";
import { settings } from "./settings.ts";

/** What a call gave back; a result with `isError` is an error as well. */
export function recordResult(
  span: Span,
  kind: SpanKind,
  result: { isError?: unknown; content?: unknown } | undefined,
): void {
  const text = Array.isArray(result?.content)
    ? result.content.map((part: { text?: unknown }) => (typeof part?.text === "string" ? part.text : "")).join("\n")
    : "";
  span.setAttribute("misfire.result.size", text.length);
  if (settings().content) span.setAttribute("gen_ai.tool.call.result", recordable(jsonText(result) ?? ""));
  if (result?.isError !== true) return;
  const stage = stageOf(text);
  span.setAttributes({ "error.type": "tool_error", "misfire.stage": stage ?? "executed" });
  // The words are the server's own; what a tool says of its failure is as private as its result.
  span.setStatus({
    code: SpanStatusCode.ERROR,
    message:
      settings().content || stage !== null
        ? recordable(text)
        : kind === SpanKind.CLIENT
          ? "the server answered with isError"
          : "isError",
  });
}

/** Where a call broke that the SDK's server has refused; null for what a tool itself says. */
export function stageOf(words: string): string | null {
  return REFUSALS.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}

/** How the SDK's server refuses a call: in 1.x by a result, in 2.x an unknown tool by an error of the protocol. */
const REFUSALS: readonly (readonly [pattern: RegExp, stage: string])[] = [
  [/^(?:MCP error -\d+: )?Tool [^\n]{1,200} (?:not found|disabled)$/, "looked-up"],
  [/^(?:MCP error -\d+: )?(?:Input validation error: )?Invalid arguments for tool /, "validated"],
];
