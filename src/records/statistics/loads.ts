/** How many were under way when each began, itself included. Times in nanoseconds. */
export function loadsOf<T extends { start: bigint; end: bigint }>(timed: readonly T[]): Map<T, number> {
  const events = timed.flatMap((one) => [
    { at: one.start, one, step: 1 },
    { at: one.end, one, step: -1 },
  ]);
  events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.step - b.step));
  const loads = new Map<T, number>();
  let running = 0;
  for (const { one, step } of events) {
    running += step;
    if (step > 0) loads.set(one, running);
  }
  return loads;
}
