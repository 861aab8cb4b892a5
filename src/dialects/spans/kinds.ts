import type { Span } from "../../records/records.ts";
import { fromJson, pickText } from "./attributes.ts";
import { KEYS, OPERATIONS, type SpanKind } from "./keys.ts";
import { SCORES } from "./table.ts";

/** Kind by the operation of the GenAI conventions; undefined when there is none that is known. */
export function operationKind(span: Span): SpanKind | undefined {
  const operation = pickText(span.attributes, KEYS.operation);
  return operation === null ? undefined : OPERATIONS[operation];
}

export function byScope(pattern: RegExp, score: number = SCORES.scope): (span: Span) => number {
  let [last, told] = ["", pattern.test("") ? score : 0];
  return ({ scope: { name } }) => {
    // the spans of one scope come together
    if (name !== last) [last, told] = [name, pattern.test(name) ? score : 0];
    return told;
  };
}

/** Kind by the value of one key, compared in lower case. */
export function kindBy(key: string, kinds: Readonly<Record<string, SpanKind>>): (span: Span) => SpanKind | undefined {
  return (span) => {
    const value = fromJson(span.attributes[key]);
    return typeof value === "string" ? kinds[value.toLowerCase()] : undefined;
  };
}

export function has(span: Span, key: string): boolean {
  return span.attributes[key] !== undefined;
}
