import type { Finding } from "../records/finding.ts";

/** Findings with one fingerprint, on their way to an incident. The findings are in the order of the input. */
export interface Draft {
  fingerprint: string;
  findings: Finding[];
  /** How many failures, not signs: several signs of one call count once. */
  count: number;
  /** Time of the last failure that was only counted. */
  last: bigint | null;
  causedBy: Draft | null;
}

/** The finding that speaks for the incident: the most specific, then the surest, then the first. */
export function best(draft: Draft): Finding {
  return draft.findings.reduce((a, b) => (rank(b) > rank(a) ? b : a));
}

const SURE = { certain: 2, likely: 1, possible: 0 };

function rank(f: Finding): number {
  return f.weight * 8 + SURE[f.confidence] * 2 + (f.callId === null ? 0 : 1) + Object.keys(f.facts).length / 32;
}
