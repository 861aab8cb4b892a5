import type { Exchange } from "../../records/records.ts";
import { firstText, object, text, textOf, type Json } from "../json/access.ts";

/**
 * The error of a provider's answer: OpenAI `{error: {message, type, param, code}}`, Anthropic `{type: "error", error}`,
 * Google `[{error: {code, message, status}}]`, `{error: "text"}`, vLLM and Mistral `{object: "error", message}`, FastAPI
 * `{detail}`, Bedrock `{message}`, or a body that is no JSON. `status` is that of HTTP; below 400 only an error in the body counts.
 */
export function errorOf(body: unknown, status: number | null): Exchange["error"] {
  const failed = status !== null && status >= 400;
  if (typeof body === "string") return failed ? { status, code: null, type: null, param: null, message: body } : null;
  const outer = object(Array.isArray(body) ? body[0] : body);
  const error = outer["error"];
  if (typeof error === "string" && error !== "")
    return { status, code: codeOf(outer), type: text(outer["error_type"]), param: null, message: error };
  if (typeof error === "object" && error !== null) return fields(error as Json, status, outer);
  if (failed || outer["object"] === "error") return fields(outer, status, outer);
  return null;
}

function fields(error: Json, status: number | null, outer: Json): Exchange["error"] {
  const inner = object(error["error"]);
  const message =
    firstText(error["message"], inner["message"], error["detail"], error["msg"], outer["message"], error["Message"]) ??
    textOf(error) ??
    "";
  const code = error["code"];
  return {
    status: status ?? (typeof code === "number" && code >= 400 && code < 600 ? code : null),
    code: codeOf(error) ?? text(error["status"]),
    type: firstText(error["type"], inner["type"], error["__type"], error["status"]),
    param: firstText(error["param"]),
    message: withMetadata(message, error),
  };
}

/** OpenRouter puts the provider's own words into `metadata.raw`. */
function withMetadata(message: string, error: Json): string {
  const raw = textOf(object(error["metadata"])["raw"]);
  return raw === null || raw === "" ? message : `${message}\n${raw}`;
}

function codeOf(error: Json): string | null {
  const code = error["code"] ?? error["error_code"];
  return typeof code === "number" ? String(code) : firstText(code);
}
