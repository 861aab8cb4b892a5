/**
 * Remembers texts that were looked at, by a 53-bit hash, so that a result that stands in every later request of its run is
 * matched once. Bounded: two generations, the older one is forgotten when the newer is full.
 */
export function createSeenTexts(cap = 50_000): { again(text: string): boolean } {
  let young = new Set<number>();
  let old = new Set<number>();
  return {
    again(text) {
      const key = hash(text);
      if (young.has(key)) return true;
      const known = old.has(key);
      young.add(key);
      if (young.size >= cap) [old, young] = [young, new Set()];
      return known;
    },
  };
}

/** cyrb53 (public domain, bryc): fast, well mixed, not cryptographic. */
function hash(text: string): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}
