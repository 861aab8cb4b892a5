import type { Evidence } from "../records/evidence.ts";
import type { Finding } from "../records/finding.ts";
import type { Unclassified } from "../records/report.ts";
import { mask } from "../signatures/mask.ts";

/** What looks like a failure and matches nothing, grouped by template. Bounded: past the cap new templates are counted together. */
export interface UnclassifiedTable {
  add(message: string, evidence: Evidence): void;
  /** All groups, with the findings of generic words that no agent was near. */
  list(doubted: readonly Finding[]): Unclassified[];
}

const MAX_TEMPLATES = 2000;
const MAX_EVIDENCE = 3;

export function createUnclassified(): UnclassifiedTable {
  const groups = new Map<string, Unclassified>();
  return {
    add: (message, evidence) => addTo(groups, message, evidence),
    list(doubted) {
      const all = new Map(
        [...groups].map(([template, group]) => [template, { ...group, evidence: [...group.evidence] }]),
      );
      for (const { evidence, message } of doubted)
        if (evidence[0] !== undefined) addTo(all, evidence[0].excerpt || message, evidence[0]);
      return [...all.values()].sort((a, b) => b.count - a.count);
    },
  };
}

function addTo(groups: Map<string, Unclassified>, message: string, evidence: Evidence): void {
  const masked = mask(message);
  const template = groups.has(masked) || groups.size < MAX_TEMPLATES ? masked : "(other templates)";
  const known = groups.get(template);
  if (known === undefined) groups.set(template, { template, count: 1, evidence: [evidence] });
  else {
    known.count++;
    if (known.evidence.length < MAX_EVIDENCE) known.evidence.push(evidence);
  }
}
