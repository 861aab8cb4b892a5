import type { Span } from "../../records/records.ts";

/** Span kinds by OTLP number; the JS SDK's own enum is one less (formats.md section 4.6). */
const KINDS: readonly Span["kind"][] = ["unspecified", "internal", "server", "client", "producer", "consumer"];
const CODES: readonly Span["status"]["code"][] = ["unset", "ok", "error"];

/** A span kind as number, `SPAN_KIND_CLIENT`, `SpanKind.CLIENT`, `Client` or `client`. */
export function kindOf(value: unknown): Span["kind"] {
  if (typeof value === "number") return KINDS[value] ?? "unspecified";
  const name = lastWord(value);
  return KINDS.find((kind) => kind === name) ?? "unspecified";
}

/** A status code as number, `STATUS_CODE_ERROR`, `StatusCode.ERROR`, `Error` or `error`. */
export function codeOf(value: unknown): Span["status"]["code"] {
  if (typeof value === "number") return CODES[value] ?? "unset";
  const name = lastWord(value);
  return CODES.find((code) => code === name) ?? "unset";
}

function lastWord(value: unknown): string {
  return typeof value === "string"
    ? value.slice(Math.max(value.lastIndexOf("_"), value.lastIndexOf(".")) + 1).toLowerCase()
    : "";
}
