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
  let root: Branch | null = null;
  let left = MAX_KEYS;
  for (const key in attributes) {
    if (!key.startsWith(dotted) || --left < 0) continue;
    const path = key.slice(dotted.length).split(".");
    if (path.length <= MAX_DEPTH) put((root ??= branch()), path, attributes[key]);
  }
  return root === null ? null : plain(root);
}

const MAX_KEYS = 20_000;
const MAX_DEPTH = 16;

/** Names and what is below each; by name where there are many. */
interface Branch {
  names: string[];
  values: unknown[];
  byName: Map<string, number> | null;
  below: true;
}

function branch(): Branch {
  return { names: [], values: [], byName: null, below: true };
}

function put(root: Branch, path: readonly string[], value: unknown): void {
  let node = root;
  for (let depth = 0; depth < path.length - 1; depth++) {
    const at = placeOf(node, path[depth]!);
    const next = node.values[at];
    node = isBranch(next) ? next : ((node.values[at] = branch()) as Branch);
  }
  const last = placeOf(node, path.at(-1)!);
  if (node.values[last] === undefined) node.values[last] = value;
}

/** Where the name is, or now is: mostly it is the one that came last. */
function placeOf(node: Branch, name: string): number {
  const { names, byName } = node;
  const last = names.length - 1;
  if (names[last] === name) return last;
  const known = byName === null ? names.indexOf(name) : (byName.get(name) ?? -1);
  if (known >= 0) return known;
  names.push(name);
  node.values.push(undefined);
  if (byName !== null) byName.set(name, last + 1);
  else if (names.length > FEW) node.byName = new Map(names.map((each, n) => [each, n]));
  return last + 1;
}

const FEW = 16;

function isBranch(value: unknown): value is Branch {
  return typeof value === "object" && value !== null && (value as Branch).below === true;
}

function plain(value: unknown): unknown {
  if (!isBranch(value)) return value;
  const { names, values } = value;
  if (names.every((name) => INDEX.test(name))) {
    const inOrder = names.every((name, n) => n === 0 || Number(name) >= Number(names[n - 1]));
    const order = inOrder ? null : names.map((_, n) => n).sort((a, b) => Number(names[a]) - Number(names[b]));
    return (order?.map((n) => values[n]) ?? values).map(plain);
  }
  const object: Record<string, unknown> = {};
  for (let n = 0; n < names.length; n++) if (names[n] !== "__proto__") object[names[n]!] = plain(values[n]);
  return object;
}

const INDEX = /^\d{1,9}$/;
