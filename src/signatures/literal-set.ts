import type { Literals } from "../records/prefilter.ts";

/** Numbers the distinct literals of signatures and dialects, lower-cased. */
export function literalSet(...lists: Iterable<string>[]): Literals {
  const ids = new Map<string, number>();
  for (const list of lists)
    for (const literal of list) if (!ids.has(literal.toLowerCase())) ids.set(literal.toLowerCase(), ids.size);
  return { list: [...ids.keys()], id: (literal) => ids.get(literal.toLowerCase()) };
}
