import type { RequestedCall } from "../../records/records.ts";

/** Lists of calls that were told before: a team's log repeats them once per recipient and in the final response. */
export interface Repeats {
  /** True when this very list was among the last ones. */
  has(calls: readonly RequestedCall[]): boolean;
}

const LAST = 200;

export function createRepeats(): Repeats {
  const last = new Set<string>();
  return {
    has(calls) {
      const key = JSON.stringify(calls.map(({ id, name, argumentsRaw }) => [id, name, argumentsRaw]));
      const isKnown = last.delete(key);
      last.add(key);
      if (last.size > LAST) last.delete(last.keys().next().value!);
      return isKnown && calls.length > 0;
    },
  };
}
