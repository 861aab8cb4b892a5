import { isObject } from "./parse.ts";
import { structlogText } from "./structlog-trace.ts";

const DEEPEST = 8;
const MOST = 20;
const LONGEST_VALUE = 2000;

/**
 * A serialised error (pino's and bunyan's `err`, a plain object, structlog's list, a list of lines) as the runtime would
 * have printed it: `Type: message`, stack, own properties, `caused by: `, `[errors]: [ ... ]`. Null when nothing is in it.
 */
export function renderError(value: unknown, depth = 0): string | null {
  if (typeof value === "string") return value.trim() === "" ? null : value;
  if (depth > DEEPEST || typeof value !== "object" || value === null) return null;
  if (Array.isArray(value)) return renderList(value, depth);
  return isObject(value) ? renderObject(value, depth) : null;
}

function renderList(list: unknown[], depth: number): string | null {
  if (list.length === 0) return null;
  if (list.every((item) => typeof item === "string")) return list.join("\n");
  if (isObject(list[0]) && "exc_type" in list[0]) return structlogText(list);
  // Attempts that failed alike are one error.
  const errors = distinct(list.slice(0, MOST)).flatMap((item) => renderError(item, depth + 1) ?? []);
  return errors.length === 0 ? null : `[errors]: [\n${errors.map(indent).join("\n")}\n]`;
}

function distinct(list: unknown[]): unknown[] {
  const seen = new Set<string>();
  return list.filter((item) => {
    if (!isObject(item)) return true;
    const key = `${first(item, TYPE)}: ${first(item, MESSAGE)}`;
    return !seen.has(key) && seen.add(key);
  });
}

function renderObject(error: Record<string, unknown>, depth: number): string | null {
  const type = first(error, TYPE);
  const message = first(error, MESSAGE);
  const stack = named(stackOf(error), type);
  const head = [type, message].filter((part) => part !== null && part !== "").join(": ");
  // In pino's stack the causes follow: the properties belong before them.
  const [own, causes] = splitCauses(withStack(head, stack));
  const parts: (string | null)[] = [own];
  for (const key of Object.keys(error).slice(0, 60)) {
    if (!READ.has(key)) parts.push(property(key, error[key]));
  }
  parts.push(causes);
  const members = error["aggregateErrors"] ?? error["errors"] ?? error["exceptions"];
  const hasMembers = Array.isArray(members) && members.length > 0;
  // pino's stack already has its causes; the AI SDK's last error is one of its errors.
  const cause = stack?.includes("caused by: ") ? null : (error["cause"] ?? (hasMembers ? null : error["lastError"]));
  const causeText = renderError(cause, depth + 1);
  if (causeText !== null) parts.push(`caused by: ${causeText.trimStart()}`);
  if (hasMembers) parts.push(renderList(members, depth + 1));
  const text = parts.filter((part) => part !== null && part !== "").join("\n");
  return text === "" ? null : text;
}

const TYPE = ["type", "name", "exc_type", "errorType", "class", "error_type", "exceptionClass"];
const MESSAGE = ["message", "msg", "exc_value", "value", "errorMessage", "error_message", "detail"];
const STACK = ["stack", "stack_trace", "stackTrace", "stacktrace", "traceback", "backtrace", "trace"];
const READ = new Set([...TYPE, ...MESSAGE, ...STACK, "cause", "lastError", "aggregateErrors", "errors", "exceptions"]);

function first(error: Record<string, unknown>, names: readonly string[]): string | null {
  for (const name of names) {
    const value = Object.hasOwn(error, name) ? error[name] : undefined;
    if (typeof value === "string") return value;
  }
  return null;
}

function stackOf(error: Record<string, unknown>): string | null {
  for (const name of STACK) {
    const value = Object.hasOwn(error, name) ? error[name] : undefined;
    if (typeof value === "string" && value.trim() !== "") return value;
    if (Array.isArray(value) && value.length > 0 && value.every((line) => typeof line === "string"))
      return value.join("\n");
  }
  return null;
}

/** A class that sets no `name` prints its stack as `Error: text`; a serialiser has the class. */
function named(stack: string | null, type: string | null): string | null {
  if (stack === null || type === null || !/^[A-Za-z_$][\w$]{0,80}$/.test(type)) return stack;
  return stack.replace(/^Error(?=: |\n|$)/, () => type);
}

/** A stack that begins with its own head, or ends with it (Python), needs no other. */
function withStack(head: string, stack: string | null): string {
  if (stack === null) return head;
  const begin = stack.trimStart();
  if (begin.startsWith("at ") && head !== "") return `${head}\n${stack}`;
  if (!begin.startsWith("Traceback (") && !begin.startsWith('File "')) return stack;
  const titled = begin.startsWith("File ") ? `${PYTHON_HEAD}\n${stack}` : stack;
  const last = titled.lastIndexOf('\n  File "');
  return /\n[^\s|]/.test(titled.slice(last + 1)) || head === "" ? titled : `${titled.trimEnd()}\n${head}`;
}

const PYTHON_HEAD = "Traceback (most recent call last):";

function splitCauses(text: string): [string, string | null] {
  const at = text.indexOf("\ncaused by: ");
  return at === -1 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

/** An own property as Node prints it below a stack. Of objects only those that say more of the error: no request bodies. */
function property(key: string, value: unknown): string | null {
  if (value === null || value === undefined || !/^[\w$.@-]{1,60}$/.test(key) || /request|headers/i.test(key))
    return null;
  if (typeof value === "object" && !TELLING.has(key)) return null;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? null : `    ${key}: ${text}`;
}

const TELLING = new Set(["error", "body", "issues", "details", "detail", "path", "params", "data"]);

const indent = (text: string): string => text.replace(/^/gm, "  ");
