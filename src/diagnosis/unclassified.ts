import type { Evidence } from "../records/evidence.ts";
import type { Unclassified } from "../records/report.ts";
import { mask } from "../signatures/mask.ts";

/** What looks like a failure and matches nothing, grouped by template. Bounded: past the cap new templates are counted together. */
export interface UnclassifiedTable {
  add(message: string, evidence: Evidence): void;
  list(): Unclassified[];
}

const MAX_TEMPLATES = 2000;
const MAX_EVIDENCE = 3;

export function createUnclassified(): UnclassifiedTable {
  const groups = new Map<string, Unclassified>();
  return {
    add(message, evidence) {
      const masked = mask(message);
      const template = groups.has(masked) || groups.size < MAX_TEMPLATES ? masked : "(other templates)";
      const known = groups.get(template);
      if (known === undefined) groups.set(template, { template, count: 1, evidence: [evidence] });
      else {
        known.count++;
        if (known.evidence.length < MAX_EVIDENCE) known.evidence.push(evidence);
      }
    },
    list: () => [...groups.values()].sort((a, b) => b.count - a.count),
  };
}
