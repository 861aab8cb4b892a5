import { RULES_OF_CALLS } from "./rules-of-calls.ts";
import { RULES_OF_EXECUTION } from "./rules-of-execution.ts";
import { RULES_OF_REQUESTS } from "./rules-of-requests.ts";
import { RULES_OF_RUNS } from "./rules-of-runs.ts";

/**
 * `A B`: next to each other. `A - B`: at most three words between, and no sign. `A ~ B`: in one sentence, at most eight
 * words between. `A?`: may be absent.
 */
export interface Rule {
  cause: string;
  says: readonly string[];
  /** The name behind the last colon is this fact. */
  tail?: "tool" | "argument";
  /** Said only of agents, so that a line that is nothing but the sentence needs no word of an error before it. */
  sure?: true;
  /** Must occur in the line as well. */
  also?: RegExp;
  unless?: RegExp;
}

/** What befell what, and the cause that it means. The first rule that fits a line names the cause: specific ones come first. */
export const RULES: readonly Rule[] = [
  ...RULES_OF_RUNS,
  ...RULES_OF_REQUESTS,
  ...RULES_OF_CALLS,
  ...RULES_OF_EXECUTION,
];
