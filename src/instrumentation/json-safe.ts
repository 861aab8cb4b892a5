/**
 * Where a value cannot be written as JSON, or would come out as something else: `$.order.total is a BigInt`. Null: it is
 * safe. Looks at own data properties only, at most 10,000 of them, and runs no getter.
 */
export function unsafePath(value: unknown): string | null {
  const left = { nodes: 10_000 };
  return look(value, "$", new Set(), left, 0);
}

function look(value: unknown, path: string, above: Set<object>, left: { nodes: number }, depth: number): string | null {
  if (left.nodes-- <= 0) return null;
  if (value === undefined) return `${path} is undefined`;
  const what = unsafeKind(value);
  if (what !== null) return `${path} is ${what}`;
  if (typeof value !== "object" || value === null) return null;
  if (above.has(value)) return `${path} refers back to itself`;
  if (depth > 200) return `${path} is nested too deep`;
  if (typeof (value as { toJSON?: unknown }).toJSON === "function") return null;
  above.add(value);
  for (const key of Object.keys(value)) {
    const own = Object.getOwnPropertyDescriptor(value, key);
    if (own === undefined || !("value" in own)) continue;
    // A property that is undefined is left out, as everybody expects.
    if (own.value === undefined && !Array.isArray(value)) continue;
    const found = look(own.value, Array.isArray(value) ? `${path}[${key}]` : step(path, key), above, left, depth + 1);
    if (found !== null) return found;
  }
  above.delete(value);
  return null;
}

function step(path: string, key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

function unsafeKind(value: unknown): string | null {
  if (typeof value === "bigint") return "a BigInt";
  if (typeof value === "function") return "a function";
  if (typeof value === "symbol") return "a Symbol";
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (value instanceof Promise) return "a Promise that is not awaited";
  if (value instanceof Map) return "a Map";
  if (value instanceof Set) return "a Set";
  if (value instanceof Error) return "an Error";
  return null;
}

/** As the application would send it; null where JSON refuses the value. */
export function jsonText(value: unknown): string | null {
  try {
    return JSON.stringify(value) ?? null;
  } catch {
    return null;
  }
}

/** What a result is: `string`, `object`, `array`, `undefined`, `promise`, ... */
export function resultForm(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (value instanceof Promise) return "promise";
  return typeof value;
}
