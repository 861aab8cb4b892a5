import type { Finding } from "../records/finding.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { Beyond } from "./finding-store.ts";
import type { Draft } from "./incident-draft.ts";

/** Groups findings by their fingerprint. */
export function group(findings: readonly Finding[], beyond: ReadonlyMap<string, Beyond> = new Map()): Draft[] {
  const drafts = new Map<string, Draft>();
  for (const f of findings) {
    const fingerprint = fingerprintOf(f);
    const known = drafts.get(fingerprint);
    if (known === undefined)
      drafts.set(fingerprint, { fingerprint, findings: [f], count: 1, last: null, causedBy: null });
    else {
      known.findings.push(f);
      known.count++;
    }
  }
  for (const [fingerprint, { count, last }] of beyond) {
    const draft = drafts.get(fingerprint);
    if (draft === undefined) continue;
    draft.count += count;
    draft.last = last;
  }
  return foldNameless([...drafts.values()]);
}

/** A sign that names no tool joins the only incident of its class that does: the wrapper line, the log line beside the span. */
function foldNameless(drafts: Draft[]): Draft[] {
  const named = new Map<string, Draft[]>();
  for (const d of drafts) {
    const [first] = d.findings;
    if (first?.tool != null) named.set(first.classifier, [...(named.get(first.classifier) ?? []), d]);
  }
  return drafts.filter((d) => {
    const [first] = d.findings;
    if (first === undefined || first.tool !== null) return true;
    const hosts = named.get(first.classifier);
    if (hosts?.length !== 1 || hosts[0] === d) return true;
    hosts[0]!.findings.push(...d.findings);
    return false;
  });
}
