/**
 * Runs a piece of our own work inside the application's: whatever it throws is swallowed and counted, so that the
 * application never notices.
 */
export function guarded<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    swallowed += 1;
    last = error;
    return undefined;
  }
}

/** How many errors of the instrumentation itself were swallowed in this process, and the last of them. */
export function swallowedErrors(): { count: number; last: unknown } {
  return { count: swallowed, last };
}

let swallowed = 0;
let last: unknown = null;
