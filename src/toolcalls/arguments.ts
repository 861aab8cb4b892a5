/** One text for equal arguments: keys sorted, spaces gone. Text that is no JSON stands for itself; null where nothing is known. */
export function argumentsKey(raw: string | null): string | null {
  if (raw === null) return null;
  const known = KEYS.get(raw);
  if (known !== undefined) return known;
  const value = parseArguments(raw);
  const key = (value === undefined ? null : canonical(value, 0)) ?? raw.trim();
  if (KEYS.size >= MOST_KEYS) KEYS.clear();
  if (raw.length <= LONGEST) KEYS.set(raw, key);
  return key;
}

/** The same arguments are compared many times while their facts are joined. */
const KEYS = new Map<string, string>();
const MOST_KEYS = 4096;
const LONGEST = 2048;

/** The JSON value of raw arguments, or undefined where they are no JSON. */
export function parseArguments(raw: string | null): unknown {
  if (raw === null) return undefined;
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return undefined;
  }
}

/** Two records of arguments that may be of one call. A tracer may have mended what the other shows raw. */
export function sameArguments(a: string | null, b: string | null): boolean {
  return a === null || b === null || argumentsKey(a) === argumentsKey(b);
}

/** A value as JSON; what is nested too deeply to be printed is "". */
export function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}

const MAX_DEPTH = 64;

/** Null for what is nested too deeply. */
function canonical(value: unknown, depth: number): string | null {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (depth > MAX_DEPTH) return null;
  const isList = Array.isArray(value);
  const entries = isList
    ? Object.entries(value)
    : Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const parts: string[] = [];
  for (const [key, item] of entries) {
    const text = canonical(item, depth + 1);
    if (text === null) return null;
    parts.push(isList ? text : `${JSON.stringify(key)}:${text}`);
  }
  return isList ? `[${parts.join(",")}]` : `{${parts.join(",")}}`;
}
