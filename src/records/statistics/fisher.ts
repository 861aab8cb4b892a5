/**
 * Fisher's exact test, one-sided: the chance to see at least `badHigh` failures among the calls above a threshold if
 * failures did not depend on it. Counts of calls: good and bad, below and above.
 */
export function fisher(goodLow: number, badLow: number, goodHigh: number, badHigh: number): number {
  const chance = chances(goodLow, badLow, goodHigh, badHigh);
  let p = 0;
  for (let k = badHigh; k <= chance.most; k++) p += chance.of(k);
  return Math.min(1, p);
}

/** The same, two-sided: the chance of all tables that are no likelier than this one (as R's fisher.test has it). */
export function fisherTwoSided(goodLow: number, badLow: number, goodHigh: number, badHigh: number): number {
  const chance = chances(goodLow, badLow, goodHigh, badHigh);
  // equal chances differ in their last digits
  const limit = chance.of(badHigh) * (1 + 1e-7);
  let p = 0;
  for (let k = chance.least; k <= chance.most; k++) {
    const one = chance.of(k);
    if (one <= limit) p += one;
  }
  return Math.min(1, p);
}

/** The smallest p that the one-sided test can give for these sums: what cannot become significant need not be tried. */
export function leastFisher(low: number, high: number, bad: number): number {
  const most = Math.min(bad, high);
  const badLow = bad - most;
  return fisher(low - badLow, badLow, high - most, most);
}

function chances(goodLow: number, badLow: number, goodHigh: number, badHigh: number) {
  const [low, high, bad] = [goodLow + badLow, goodHigh + badHigh, badLow + badHigh];
  const total = logChoose(low + high, bad);
  return {
    least: Math.max(0, bad - low),
    most: Math.min(bad, high),
    of: (k: number): number => Math.exp(logChoose(high, k) + logChoose(low, bad - k) - total),
  };
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

const TABLE = [0];

/** Exact sums up to 10,000, then Stirling's series (error below 1e-14). */
function logFactorial(n: number): number {
  if (n > 10_000) return n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + 1 / (12 * n);
  for (let m = TABLE.length; m <= n; m++) TABLE.push(TABLE[m - 1]! + Math.log(m));
  return TABLE[n]!;
}
