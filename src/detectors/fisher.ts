/**
 * Fisher's exact test, one-sided: the chance to see at least `badHigh` failures among the calls above a threshold if
 * failures did not depend on it. Counts of calls: good and bad, below and above.
 */
export function fisher(goodLow: number, badLow: number, goodHigh: number, badHigh: number): number {
  const [low, high, bad] = [goodLow + badLow, goodHigh + badHigh, badLow + badHigh];
  const total = logChoose(low + high, bad);
  let p = 0;
  for (let k = badHigh; k <= Math.min(bad, high); k++)
    if (bad - k <= low) p += Math.exp(logChoose(high, k) + logChoose(low, bad - k) - total);
  return Math.min(1, p);
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

const TABLE = [0];

function logFactorial(n: number): number {
  if (n > 10_000) return n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2;
  for (let m = TABLE.length; m <= n; m++) TABLE.push(TABLE[m - 1]! + Math.log(m));
  return TABLE[n]!;
}
