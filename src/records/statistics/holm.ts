/**
 * Holm's correction for many looks: the chance that even one of the things said is a coincidence. Adjusted p-values in
 * the order given; it needs no independence of the tests.
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted = ps.map(() => 1);
  let last = 0;
  for (const [rank, { p, index }] of order.entries()) {
    last = Math.max(last, Math.min(1, p * (ps.length - rank)));
    adjusted[index] = last;
  }
  return adjusted;
}

/**
 * Tarone's selection: the tests that could become significant at all, given the smallest p that each can reach. Those
 * that could not need no correction, so that rare values do not drown the others. True for those to be tried.
 */
export function testable(least: readonly number[], level: number): boolean[] {
  const sorted = least.toSorted((a, b) => a - b);
  let factor = 1;
  while (factor < sorted.length && countUpTo(sorted, level / factor) > factor) factor++;
  return least.map((p) => p <= level / factor);
}

function countUpTo(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
