/** What the user did wrong, in one line; exit code 2. */
export class UsageError extends Error {}

export const EXIT = { ok: 0, failure: 1, usage: 2, unreadable: 3, interrupted: 130 } as const;
