const BARS = "▁▂▃▄▅▆▇█";

/** Counts over time as little bars; an empty stretch is a space. */
export function sparkline(times: ArrayLike<number>, [from, to]: readonly [number, number], width: number): string {
  const counts = Array.from({ length: width }, () => 0);
  const span = Math.max(1, to - from);
  for (let n = 0; n < times.length; n++) {
    const at = Math.min(width - 1, Math.max(0, Math.floor(((times[n]! - from) / span) * width)));
    counts[at]!++;
  }
  return bars(counts);
}

export function bars(values: readonly number[]): string {
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  return values.map((value) => (value <= 0 ? " " : BARS[Math.min(7, Math.ceil((value / most) * 8) - 1)]!)).join("");
}
