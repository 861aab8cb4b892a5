import type { Peeled } from "../envelope.ts";
import { readLevel } from "../level.ts";
import { fromMicros, readTime } from "../time.ts";
import { autogenError, isAutogenEvent } from "./autogen.ts";
import { errorText, STACK_KEYS, stackText } from "./errors.ts";
import { isObject } from "./parse.ts";
import { textAt, valueAt } from "./path.ts";
import type { Shape } from "./shape.ts";
import { SHAPES } from "./shapes.ts";

export interface ReadObject extends Peeled {
  name: string;
  kind: "transport" | "record";
  /** The key that the message lay under; null when the object has none and `text` is empty. */
  messageKey: string | null;
}

/** Reads one JSON log object by the first shape that fits. Without a message only its fields are taken ("json"). */
export function readObject(fields: Record<string, unknown>): ReadObject {
  if (isAutogenEvent(fields)) {
    return {
      name: "autogen-event",
      kind: "record",
      messageKey: null,
      text: "",
      exception: autogenError(fields),
      fields,
    };
  }
  const shape = SHAPES.find((each) => fits(each, fields))!;
  const merged = merge(shape, fields);
  const level = first(merged, shape.level);
  const time = first(merged, shape.time);
  // A general object is a log record only if it says when or how grave; else it is data that somebody printed.
  if (shape.name === "json" && level === null && time === null) return printed(fields);
  const message = messageOf(shape, merged);
  const logger = textAt(merged, shape.logger);
  const used = new Set([message?.name, level?.name, time?.name, logger?.name, ...(shape.drop ?? shape.inside ?? [])]);
  return {
    name: shape.name,
    kind: shape.kind,
    messageKey: message?.name ?? null,
    text: message?.text ?? "",
    time: shape.name === "journald" ? fromMicros(time?.value) : readTime(time?.value),
    level: readLevel(level?.value, shape.scale),
    logger: logger?.text ?? null,
    exception: shape.name === "loguru" ? loguruTrace(fields) : errorText(without(merged, message?.name)),
    fields: remaining(merged, used),
  };
}

function printed(fields: Record<string, unknown>): ReadObject {
  return { name: "json", kind: "record", messageKey: null, text: "", exception: stackText(fields), fields };
}

function fits(shape: Shape, fields: Record<string, unknown>): boolean {
  for (const key in shape.needs) {
    const value = valueAt(fields, key);
    const type = shape.needs[key];
    if (value === undefined || value === null) return false;
    if (type === "object" ? !isObject(value) : type !== "any" && typeof value !== type) return false;
  }
  return shape.oneOf === undefined || shape.oneOf.some((key) => valueAt(fields, key) !== undefined);
}

/** The members of inner objects lie beside the outer ones; the outer win, but for GELF's `_name` spelling. */
function merge(shape: Shape, fields: Record<string, unknown>): Record<string, unknown> {
  const inner = (shape.inside ?? []).map((path) => valueAt(fields, path)).filter(isObject);
  if (shape.name === "gelf") {
    const bare = Object.entries(fields).flatMap(([key, value]) =>
      /^_[A-Za-z]/.test(key) ? [[key.slice(1), value]] : [],
    );
    inner.push(Object.fromEntries(bare) as Record<string, unknown>);
  }
  return inner.length === 0 ? fields : Object.assign({}, ...inner.toReversed(), fields);
}

function messageOf(shape: Shape, fields: Record<string, unknown>): { name: string; text: string } | null {
  const found = textAt(fields, shape.message);
  if (found !== null) return found;
  // journald writes what is not valid UTF-8 as an array of bytes.
  const bytes = shape.name === "journald" ? fields["MESSAGE"] : null;
  if (!Array.isArray(bytes) || !bytes.every((byte) => typeof byte === "number")) return null;
  return { name: "MESSAGE", text: new TextDecoder().decode(Uint8Array.from(bytes)) };
}

function first(fields: Record<string, unknown>, names: readonly string[]): { name: string; value: unknown } | null {
  for (const name of names) {
    const value = valueAt(fields, name);
    if (typeof value === "string" || typeof value === "number") return { name, value };
  }
  return null;
}

/** loguru has the traceback in `text` alone, after the formatted line. */
function loguruTrace(fields: Record<string, unknown>): string | null {
  const text = String(fields["text"]);
  const at = text.indexOf("Traceback (most recent call last):");
  return at === -1 ? null : text.slice(at).trimEnd();
}

function without(fields: Record<string, unknown>, name: string | undefined): Record<string, unknown> {
  if (name === undefined || !Object.hasOwn(fields, name)) return fields;
  const rest: Record<string, unknown> = {};
  for (const key of Object.keys(fields)) if (key !== name && key !== "__proto__") rest[key] = fields[key];
  return rest;
}

function remaining(fields: Record<string, unknown>, used: ReadonlySet<string | undefined>): Record<string, unknown> {
  const rest: Record<string, unknown> = {};
  for (const key of Object.keys(fields)) {
    if (!used.has(key) && !STACK_KEYS.has(key) && key !== "__proto__") rest[key] = fields[key];
  }
  return rest;
}
