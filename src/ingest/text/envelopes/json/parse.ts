/** Longer JSON is left as it is: a log record of that size is a dump, and parsing it would hold everything up. */
const LONGEST = 4 * 1024 * 1024;
const DEEPEST = 200;

/** The JSON object that is the whole text, or null. Bounded in size and depth; never throws. */
export function parseObject(text: string): Record<string, unknown> | null {
  if (text.length > LONGEST || text.length < 2) return null;
  const open = text.search(/\S/);
  if (text.charCodeAt(open) !== 123 || !/\}\s*$/.test(text.slice(-64)) || isDeep(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** More than `DEEPEST` brackets open at once (those inside strings are not counted). */
function isDeep(text: string): boolean {
  if (text.length < DEEPEST) return false;
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === 92) i++;
      else if (code === 34) quoted = false;
    } else if (code === 34) quoted = true;
    else if (code === 123 || code === 91) {
      if (++depth > DEEPEST) return true;
    } else if (code === 125 || code === 93) depth--;
  }
  return false;
}
