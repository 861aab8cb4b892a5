/** One text for equal arguments: keys sorted, spaces gone. Text that is no JSON stands for itself; null where nothing is known. */
export function argumentsKey(raw: string | null): string | null {
  if (raw === null) return null;
  const value = parseArguments(raw);
  return value === undefined ? raw.trim() : canonical(value, 0);
}

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

const MAX_DEPTH = 40;

function canonical(value: unknown, depth: number): string {
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(",")}]`;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item, depth + 1)}`).join(",")}}`;
}
