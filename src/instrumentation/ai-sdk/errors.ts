import type { Span } from "../api.ts";
import { errorType, recordError } from "../error.ts";
import { CUT } from "../model-call.ts";

/** An attempt that failed; the SDK may repeat it. */
export function tellAttempt(span: Span | undefined, error: unknown): void {
  const { statusCode, responseHeaders = {} } = (error ?? {}) as ApiError;
  const wait = retryAfterOf(responseHeaders);
  span?.addEvent("misfire.attempt_failed", {
    "error.type": typeOf(error),
    ...(typeof statusCode === "number" ? { "http.response.status_code": statusCode } : {}),
    ...(wait === null ? {} : { "http.response.header.retry-after": wait }),
  });
}

/** What the integration does not say of the error that ends a model call. */
export function tellError(span: Span | undefined, error: unknown): void {
  if (span === undefined) return;
  const last = ((error as ApiError | null)?.lastError ?? error ?? {}) as ApiError;
  const { statusCode, cause } = last;
  // "Failed to process successful response" is all that the SDK says of a connection that broke.
  if (cause !== undefined && cutWords(last) !== "") recordError(span, last, {}, cutWords(last));
  span.setAttribute("error.type", typeOf(last));
  if (typeof statusCode === "number") span.setAttribute("http.response.status_code", statusCode);
}

/** In seconds or as a date; OpenAI says it in milliseconds as well. */
export function retryAfterOf(headers: Record<string, string>): string | null {
  const ms = headers["retry-after-ms"];
  return headers["retry-after"] ?? (ms === undefined ? null : String(Number(ms) / 1000));
}

/** What to say before the words of an error that no HTTP status explains: the connection broke. */
export function cutWords(error: unknown): string {
  const { statusCode } = (error ?? {}) as ApiError;
  return statusCode === undefined || statusCode === 200 ? `${CUT}: ` : "";
}

/** `AI_APICallError` rather than the name of the class, which a bundler may have changed. */
function typeOf(error: unknown): string {
  const { name } = (error ?? {}) as ApiError;
  return typeof name === "string" && name.startsWith("AI_") ? name : errorType(error);
}

/** An error of the provider, or the last of those that the SDK's retries gave up on. */
interface ApiError {
  statusCode?: unknown;
  responseHeaders?: Record<string, string>;
  lastError?: unknown;
  cause?: unknown;
  name?: string;
}
