import type { Span } from "../../records/records.ts";

/** Span kinds by OTLP number; the JS SDK's own enum is one less (formats.md section 4.6). */
const KINDS: readonly Span["kind"][] = ["unspecified", "internal", "server", "client", "producer", "consumer"];
const CODES: readonly Span["status"]["code"][] = ["unset", "ok", "error"];

export const kindOf = (value: unknown): Span["kind"] => KINDS[kindNumber(value)]!;
export const codeOf = (value: unknown): Span["status"]["code"] => CODES[codeNumber(value)]!;

/** The number of OTLP of a span kind as number, `SPAN_KIND_CLIENT`, `SpanKind.CLIENT`, `Client` or `client`. */
export function kindNumber(value: unknown): number {
  return numberIn(KINDS, value);
}

/** The number of OTLP of a status code as number, `STATUS_CODE_ERROR`, `StatusCode.ERROR`, `Error` or `error`. */
export function codeNumber(value: unknown): number {
  return numberIn(CODES, value);
}

/** What is not known is 0: nothing was said. */
function numberIn(names: readonly string[], value: unknown): number {
  if (typeof value === "number") return names[value] === undefined ? 0 : value;
  if (typeof value !== "string") return 0;
  const last = value.slice(Math.max(value.lastIndexOf("_"), value.lastIndexOf(".")) + 1).toLowerCase();
  return Math.max(0, names.indexOf(last));
}
