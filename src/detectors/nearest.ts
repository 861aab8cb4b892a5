/** The known name that was most likely meant: the same but for case and signs, else few letters apart; null when none is near. */
export function nearest(name: string, known: readonly string[]): string | null {
  const plain = squash(name);
  const same = known.find((other) => squash(other) === plain);
  if (same !== undefined) return same;
  let best: string | null = null;
  let least = Infinity;
  for (const other of known.slice(0, 400)) {
    const limit = Math.max(1, Math.floor(Math.max(name.length, other.length) / 3));
    const distance = editDistance(plain, squash(other), limit);
    if (distance <= limit && distance < least) [best, least] = [other, distance];
  }
  return best ?? known.find((other) => shareWords(name, other)) ?? null;
}

/** `claimId`, `claim_id` and `Claim-ID` are one. */
export function squash(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** Levenshtein distance, given up above `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  const [s, t] = [a.slice(0, 128), b.slice(0, 128)];
  let row = Array.from({ length: t.length + 1 }, (_, n) => n);
  for (let i = 1; i <= s.length; i++) {
    const next = [i];
    for (let j = 1; j <= t.length; j++)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + Number(s[i - 1] !== t[j - 1])));
    if (Math.min(...next) > limit) return limit + 1;
    row = next;
  }
  return row[t.length]!;
}

/** `lookup_order` and `get_order` share a word; `get_order` and `get_claim` share only the verb. */
function shareWords(a: string, b: string): boolean {
  const words = (name: string): Set<string> =>
    new Set(
      name
        .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
        .toLowerCase()
        .split(/[^a-z0-9]+/)
        .filter((word) => word.length > 3 && !VERBS.has(word)),
    );
  const other = words(b);
  return [...words(a)].some((word) => other.has(word) || other.has(`${word}s`) || other.has(word.replace(/s$/, "")));
}

const VERBS = new Set([
  "find",
  "list",
  "read",
  "search",
  "lookup",
  "fetch",
  "create",
  "update",
  "delete",
  "load",
  "make",
  "query",
  "tool",
]);
