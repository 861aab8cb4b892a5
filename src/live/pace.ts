/**
 * When to look: soon after data came, again when it went quiet, and once more when its runs are over; never so often that
 * looking takes more than a fifth of the time.
 */
export interface Pace {
  touch(): void;
  stop(): void;
}

export function createPace(judge: () => void, idleMs: number): Pace {
  let timer: NodeJS.Timeout | null = null;
  /** The timer waits for the end of idle runs: new data must not wait for that. */
  let isLong = false;
  let touched = 0;
  let cost = 0;

  function look(): void {
    timer = null;
    const begun = performance.now();
    judge();
    const now = performance.now();
    cost = now - begun;
    const quiet = now - touched;
    if (quiet < QUIET_MS) wait(Math.max(SOON_MS, 4 * cost), false);
    else if (quiet < idleMs) wait(idleMs - quiet + 50, true);
  }

  function wait(ms: number, long: boolean): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(look, ms);
    isLong = long;
  }

  return {
    touch() {
      touched = performance.now();
      if (timer === null || isLong) wait(Math.max(SOON_MS, 4 * cost), false);
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}

const SOON_MS = 250;
const QUIET_MS = 700;
