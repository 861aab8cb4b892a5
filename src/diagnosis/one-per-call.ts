import type { Finding } from "../records/finding.ts";
import { STAGES } from "../records/life.ts";

/**
 * Several findings about one call are one failure. The most specific names the cause; of equals the one at the earliest
 * stage. Those of the same class lend their evidence and facts, the others are dropped: they are the same failure seen
 * from further away. Findings without a call id pass through.
 */
export function onePerCall(findings: readonly Finding[]): Finding[] {
  const byCall = new Map<string, Finding[]>();
  const out: Finding[] = [];
  for (const f of findings) {
    const call = f.callKey ?? f.callId;
    if (call === null || ABOUT_RECORDS.has(f.classifier) || f.layer === "flow" || f.layer === "concurrency")
      out.push(f);
    else append(byCall, call, f);
  }
  for (const group of byCall.values()) out.push(merge(group));
  return out;
}

/** These name a call id but are about the request that carried it, or about what was kept of the run. */
const ABOUT_RECORDS = new Set([
  "telemetry/record-lost",
  "conversation/missing-tool-response",
  "conversation/orphan-tool-response",
  "conversation/invalid-call-id",
  "conversation/invalid-message",
]);

function merge(group: Finding[]): Finding {
  const lead = group.reduce((a, b) => (beats(b, a) ? b : a));
  if (group.length === 1) return lead;
  const same = group.filter((f) => f !== lead && f.classifier === lead.classifier);
  const facts = { ...lead.facts };
  for (const other of [...same, ...group.filter((f) => f !== lead && !same.includes(f) && f.weight === 0)]) {
    for (const [name, value] of Object.entries(other.facts)) {
      if (other.classifier === lead.classifier || name === "tool" || name === "model") facts[name as "tool"] ??= value;
    }
  }
  return {
    ...lead,
    facts,
    tool: lead.tool ?? group.find((f) => f.tool !== null)?.tool ?? null,
    time: earliest(group),
    modifiers: [...new Set([lead, ...same].flatMap((f) => f.modifiers))],
    evidence: [
      ...lead.evidence,
      ...same.flatMap((f) => f.evidence),
      ...group.filter((f) => f !== lead && !same.includes(f)).flatMap((f) => f.evidence),
    ],
  };
}

function beats(a: Finding, b: Finding): boolean {
  if (a.classifier === "arguments/merged-calls" || b.classifier === "arguments/merged-calls")
    return a.classifier === "arguments/merged-calls" && a.classifier !== b.classifier;
  if (a.weight !== b.weight) return a.weight > b.weight;
  if (isVague(a) !== isVague(b) && a.layer === b.layer) return isVague(b);
  if (SURE[a.confidence] !== SURE[b.confidence]) return SURE[a.confidence] > SURE[b.confidence];
  return stage(a) < stage(b);
}

/** That the arguments were refused says less than how. */
function isVague({ classifier }: Finding): boolean {
  return classifier === "arguments/validation-failed";
}

const SURE = { certain: 2, likely: 1, possible: 0 };

function stage(f: Finding): number {
  return f.stage === null ? STAGES.length : STAGES.indexOf(f.stage);
}

function earliest(group: Finding[]): bigint | null {
  const times = group.map((f) => f.time).filter((t) => t !== null);
  return times.length === 0 ? null : times.reduce((a, b) => (b < a ? b : a));
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
