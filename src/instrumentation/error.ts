import type { Attributes, Span } from "./api.ts";
import { SpanStatusCode } from "./api.ts";
import { recordable } from "./content.ts";

/**
 * Marks a span as failed: status, `error.type`, one exception event with the whole chain of causes, and what an HTTP
 * error of a provider's SDK holds (status, code, parameter). `what` says what failed where the error's own words do not.
 */
export function recordError(span: Span, error: unknown, attributes: Attributes = {}, what = ""): void {
  const type = errorType(error);
  const message = recordable(what + messageOf(error));
  span.setAttributes({ "error.type": type, ...providerError(error), ...attributes });
  span.addEvent("exception", {
    "exception.type": type,
    "exception.message": message,
    "exception.stacktrace": recordable(stackOf(error)),
  });
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}

/** The class: `BadRequestError`. The SDKs leave `name` at "Error"; DOMException says in `name` what it is. */
export function errorType(error: unknown): string {
  if (!isObject(error)) return typeof error;
  const { name } = error;
  const own = error.constructor?.name;
  if (
    typeof name === "string" &&
    name !== "" &&
    name !== "Error" &&
    (own === "DOMException" || own === "Error" || own === undefined)
  )
    return name;
  return own ?? "Error";
}

export function isAbort(error: unknown): boolean {
  const type = errorType(error);
  return type === "AbortError" || type === "APIUserAbortError";
}

/** `Connection error.` alone says nothing: what lies below is told as well. */
function messageOf(error: unknown): string {
  if (!isObject(error)) return String(error);
  const own = typeof error["message"] === "string" ? error["message"] : "";
  const cause = rootCause(error);
  return cause === null || own.includes(cause) ? own : `${own} (${cause})`;
}

function rootCause(error: Thing): string | null {
  let at: unknown = error["cause"];
  let found: string | null = null;
  for (let depth = 0; depth < 8 && isObject(at); depth++) {
    if (typeof at["message"] === "string" && at["message"] !== "") found = at["message"];
    at = at["cause"];
  }
  return found;
}

/** As Node prints it: the stack, then each cause's. */
function stackOf(error: unknown): string {
  const stacks: string[] = [];
  let at: unknown = error;
  for (let depth = 0; depth < 8 && isObject(at); depth++) {
    const text = typeof at["stack"] === "string" ? at["stack"] : messageOf(at);
    stacks.push(depth === 0 ? named(text, at) : `  [cause]: ${named(text, at)}`);
    at = at["cause"];
  }
  return stacks.join("\n");
}

/** The stack of an SDK's error begins with `Error:`, whatever its class is. */
function named(stack: string, error: Thing): string {
  const type = errorType(error);
  return stack.startsWith("Error: ") && type !== "Error" ? type + stack.slice(5) : stack;
}

function providerError(error: unknown): Attributes {
  if (!isObject(error)) return {};
  const { status, code, param, request_id: id, requestID } = error as Record<string, unknown>;
  const found: Attributes = {};
  if (typeof status === "number") found["http.response.status_code"] = status;
  if (typeof code === "string" || typeof code === "number") found["misfire.error.code"] = String(code);
  if (typeof param === "string") found["misfire.error.param"] = param;
  const request = requestID ?? id;
  if (typeof request === "string") found["misfire.request.id"] = request;
  return found;
}

type Thing = Record<string, unknown> & { constructor?: { name?: string } };

function isObject(value: unknown): value is Thing {
  return typeof value === "object" && value !== null;
}
