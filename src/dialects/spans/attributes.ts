import type { Span } from "../../records/records.ts";
import { parseInner } from "../../ingest/json/parse.ts";

type Attributes = Span["attributes"];

/** The first of the keys that has a value; what stands for content that was left out is none. */
export function pick(attributes: Attributes, keys: readonly string[]): unknown {
  for (const key of keys) {
    const value = attributes[key];
    if (value === undefined || value === null || value === "" || (typeof value === "string" && PLACEHOLDERS.has(value)))
      continue;
    return value;
  }
  return undefined;
}

export function pickText(attributes: Attributes, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = attributes[key];
    if (typeof value === "string" && value !== "" && !PLACEHOLDERS.has(value)) return value;
    if (typeof value === "number") return String(value);
  }
  return null;
}

const PLACEHOLDERS = new Set([
  "__REDACTED__",
  "<REDACTED>",
  "[REDACTED]",
  "<not serializable>",
  "<not specified>",
  "FILTERED",
]);

/** A value that may be JSON as text, encoded at most twice; a text that is no JSON stays as it is. */
export function fromJson(value: unknown): unknown {
  let current = value;
  for (let times = 0; times < 2 && typeof current === "string"; times++) {
    const first = current.trimStart()[0];
    if (first !== "{" && first !== "[" && first !== '"') return current;
    const parsed = parseInner(current);
    if (parsed === undefined) return current;
    current = parsed;
  }
  return current;
}

/**
 * Flattened attributes below a prefix as the nested value they stand for: `llm.input_messages.0.message.role` becomes
 * `[{message: {role}}]`. Numbers are indexes; holes close up. Null when there is no such key.
 */
export function nested(attributes: Attributes, prefix: string): unknown {
  const dotted = `${prefix}.`;
  const root: Node = new Map();
  let left = MAX_KEYS;
  for (const key in attributes) {
    if (!key.startsWith(dotted) || --left < 0) continue;
    const path = key.slice(dotted.length).split(".");
    if (path.length <= MAX_DEPTH) put(root, path, attributes[key]);
  }
  return root.size === 0 ? null : plain(root);
}

const MAX_KEYS = 20_000;
const MAX_DEPTH = 16;

type Node = Map<string, unknown>;

function put(root: Node, path: readonly string[], value: unknown): void {
  let node = root;
  for (const name of path.slice(0, -1)) {
    let next = node.get(name);
    if (!(next instanceof Map)) node.set(name, (next = new Map<string, unknown>()));
    node = next as Node;
  }
  const last = path.at(-1) as string;
  if (!node.has(last)) node.set(last, value);
}

function plain(value: unknown): unknown {
  if (!(value instanceof Map)) return value;
  const keys = [...(value as Node).keys()];
  if (keys.every((key) => /^\d{1,9}$/.test(key)))
    return keys.sort((a, b) => Number(a) - Number(b)).map((key) => plain(value.get(key)));
  return Object.fromEntries(keys.filter((key) => key !== "__proto__").map((key) => [key, plain(value.get(key))]));
}
