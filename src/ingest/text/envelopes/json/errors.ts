import { isObject } from "./parse.ts";
import { valueAt } from "./path.ts";
import { renderError } from "./render.ts";

/** Keys that hold an error: an object, a stack, a list of them, or a message. */
const KEYS = [
  "err",
  "error",
  "exception",
  "exc_info",
  "exc_text",
  "exc",
  "stack",
  "stack_trace",
  "stackTrace",
  "stacktrace",
  "traceback",
  "backtrace",
  "errorVerbose",
  "@x",
  "full_message",
  "cause",
  "lastError",
  "aggregateErrors",
  "errors",
  "error_message",
  "errorMessage",
];

/** Type, message and stack that lie flat beside each other. */
const FLAT = [
  ["errorType", "errorMessage", "stackTrace"],
  ["error_type", "error_message", "traceback"],
  ["error_type", "error", "stack_trace"],
  ["error.type", "error.message", "error.stack_trace"],
  ["error.kind", "error.message", "error.stack"],
  ["exception.type", "exception.message", "exception.stacktrace"],
  ["exc_type", "exc_value", "exc_traceback"],
] as const;

/** Those are nothing but a stack and do not stay among a record's fields. */
export const STACK_KEYS: ReadonlySet<string> = new Set([
  "exception",
  "exc_info",
  "exc_text",
  "stack",
  "stack_trace",
  "stackTrace",
  "stacktrace",
  "traceback",
  "backtrace",
  "errorVerbose",
  "@x",
  "error.stack_trace",
  "error.stack",
  "exception.stacktrace",
]);

/** All errors among the fields of a record as text: `Type: message`, stack, causes. Null when there are none. */
export function errorText(fields: Record<string, unknown>): string | null {
  const parts: string[] = [];
  const add = (text: string | null) => {
    if (text !== null && !parts.some((part) => part.includes(text.trim()))) parts.push(text);
  };
  for (const [type, message, stack] of FLAT) {
    const said = valueAt(fields, message);
    if (typeof said !== "string") continue;
    const found = { type: valueAt(fields, type), message: said, stack: valueAt(fields, stack) };
    const dotted = type.includes(".") && isObject(fields[type.slice(0, type.indexOf("."))]);
    if (!dotted && (found.type !== undefined || found.stack !== undefined)) {
      add(renderError(found));
    }
  }
  // winston's `errors({ cause: true })` and others lay the members of one Error flat among the fields.
  if (typeof fields["stack"] === "string" && PARTS.some((key) => typeof fields[key] === "object")) {
    add(renderError({ stack: fields["stack"], ...pick(fields, PARTS) }));
  }
  for (const key of KEYS) if (Object.hasOwn(fields, key)) add(errorOf(fields[key]));
  for (const key of Object.keys(fields).slice(0, 100)) {
    const value = fields[key];
    if (!KEYS.includes(key) && isObject(value) && looksLikeError(value)) add(renderError(value));
  }
  return parts.length === 0 ? null : parts.join("\n");
}

/** In printed data `error` is a value like any other; only a stack counts. */
export function stackText(fields: Record<string, unknown>): string | null {
  const text = errorText(fields);
  return text !== null && /\n[ \t]+at |Traceback \(most recent call last\)/.test(text) ? text : null;
}

const PARTS = ["cause", "errors", "aggregateErrors", "lastError"];

function pick(fields: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.flatMap((key) => (Object.hasOwn(fields, key) ? [[key, fields[key]]] : [])));
}

/** Flags and counts under such a key (`exc_info: true`, `errors: 0`) say nothing. */
function errorOf(value: unknown): string | null {
  if (typeof value === "string") return NOTHING.has(value.trim()) ? null : value;
  return typeof value === "object" && value !== null ? renderError(value) : null;
}

const NOTHING = new Set(["", "None", "null", "nil", "undefined", "false", "true", "{}", "[]", "NoneType: None"]);

/** A serialised Error under some other key: a stack, or an error's class name beside a message or cause. */
function looksLikeError(value: Record<string, unknown>): boolean {
  if (typeof value["stack"] === "string" && typeof value["message"] === "string") return true;
  const name = value["type"] ?? value["name"] ?? value["exc_type"];
  return typeof name === "string" && /(?:Error|Exception)$/.test(name) && ("message" in value || "cause" in value);
}
