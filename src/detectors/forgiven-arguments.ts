import type { ToolCall } from "../records/call.ts";
import type { Finding } from "../records/finding.ts";
import { callFinding } from "./finding.ts";
import { editDistance, squash } from "./nearest.ts";
import { outcomeOf } from "./outcome.ts";
import { violationsOf, type Violation } from "./schema-check.ts";

/**
 * Of a call that was answered all the same: an optional argument under a wrong name. Validators drop names that they do not
 * know, the tool takes its default, and nobody is told. A required one cannot be missed: the tool had it in some way.
 */
export function forgiven(call: ToolCall): Finding | null {
  for (const { kind, path, names, received } of violationsOf(call.schema, call.arguments)) {
    if (kind !== "unexpected" || /[.[]/.test(path)) continue;
    const meant = misspelt(path, names, received.split(", "));
    if (meant === null || isRequired(call, meant)) continue;
    return callFinding("argument-schema", call, {
      classifier: "arguments/unexpected-argument",
      stage: "validated",
      confidence: "possible",
      weight: 0,
      facts: { argument: path, nearest: meant, allowed: names.join(", ") },
      modifiers: ["masked"],
      message: `ignored ${path}`,
    });
  }
  return null;
}

/** Calls that break their schema and were answered, in a sentence; null where there are none. */
export function forgivenNote(calls: readonly ToolCall[]): string | null {
  let [count, first]: [number, string | null] = [0, null];
  for (const call of calls) {
    if (!call.requested || call.schema === null || !isFields(call.arguments) || outcomeOf(call) !== "ok") continue;
    const [one] = violationsOf(call.schema, call.arguments);
    if (one === undefined) continue;
    count++;
    first ??= `${call.tool?.slice(0, 64)}: ${sentenceOf(one)}`;
  }
  if (first === null) return null;
  const what = count === 1 ? "a call breaks" : `${count} calls break`;
  return `${what} the schema that was offered, and the tool answered all the same (${first})`;
}

function sentenceOf({ kind, path, expected, received }: Violation): string {
  const name = path.slice(0, 64);
  if (kind === "missing") return `${name} is missing`;
  if (kind === "unexpected") return `${name} is not in it`;
  return `${name} should be ${expected.slice(0, 64)}, and was ${received.slice(0, 64)}`;
}

/** A name of the schema that was not given and differs in case and signs alone, or in one letter of many. */
function misspelt(name: string, names: readonly string[], given: readonly string[]): string | null {
  const open = names.filter((other) => !given.includes(other)).slice(0, 400);
  const plain = squash(name);
  return (
    open.find((other) => squash(other) === plain) ??
    open.find((other) => plain.length >= 6 && editDistance(plain, squash(other), 1) <= 1) ??
    null
  );
}

function isRequired({ schema }: ToolCall, name: string): boolean {
  const required = isFields(schema) ? schema["required"] : null;
  return Array.isArray(required) && required.includes(name);
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
