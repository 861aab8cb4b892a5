import type { Incident, Report } from "./records/report.ts";

/** The report about both: what one stretch of a long input shows and what the next one did. `maxEvidence` per incident. */
export function mergeReports(past: Report, now: Report, maxEvidence: number): Report {
  const incidents = new Map(past.incidents.map((incident) => [incident.id, incident]));
  for (const incident of now.incidents) {
    const before = incidents.get(incident.id);
    incidents.set(incident.id, before === undefined ? incident : mergeIncidents(before, incident, maxEvidence));
  }
  const [ranked, forgotten] = bounded([...incidents.values()]);
  return {
    ...now,
    verdict: VERDICTS.find((one) => one === past.verdict || one === now.verdict)!,
    sources: joined(
      [...past.sources, ...now.sources],
      ({ name }) => name,
      (a, b) => ({
        ...b,
        bytes: a.bytes + b.bytes,
        records: a.records + b.records,
        spans: a.spans + b.spans,
      }),
    ),
    incidents: ranked,
    unclassified: joined(
      [...past.unclassified, ...now.unclassified],
      ({ template }) => template,
      (a, b) => ({
        ...a,
        count: a.count + b.count,
      }),
    ).slice(0, MOST_TEMPLATES),
    totals: {
      requested: past.totals.requested + now.totals.requested,
      answered: past.totals.answered + now.totals.answered,
      failed: past.totals.failed + now.totals.failed,
      recovered: past.totals.recovered + now.totals.recovered,
    },
    coverage: {
      records: past.coverage.records + now.coverage.records,
      spans: past.coverage.spans + now.coverage.spans,
      dialects: union(past.coverage.dialects, now.coverage.dialects),
      dropped: sum(
        sum(past.coverage.dropped, now.coverage.dropped),
        forgotten === 0 ? {} : { "incidents forgotten": forgotten },
      ),
      // a detector that could run once is not skipped
      skipped: now.coverage.skipped.filter((s) => past.coverage.skipped.some((p) => p.detector === s.detector)),
      notes: union(past.coverage.notes, now.coverage.notes).slice(0, MOST_NOTES),
    },
  };
}

/** Root causes first; past the limit those that were seen last longest ago are forgotten. */
function bounded(incidents: Incident[]): [Incident[], number] {
  const ranked = incidents.toSorted((a, b) => rank(a) - rank(b));
  if (ranked.length <= MOST_INCIDENTS) return [ranked, 0];
  const kept = new Set(ranked.toSorted((a, b) => ((b.last ?? "") < (a.last ?? "") ? -1 : 1)).slice(0, MOST_INCIDENTS));
  return [ranked.filter((incident) => kept.has(incident)), ranked.length - MOST_INCIDENTS];
}

const MOST_INCIDENTS = 2_000;
const VERDICTS: readonly Report["verdict"][] = ["failures", "clean", "no-agent-data"];
const MOST_TEMPLATES = 500;
const MOST_NOTES = 200;
const MOST_NAMES = 100;

function mergeIncidents(a: Incident, b: Incident, maxEvidence: number): Incident {
  return {
    ...a,
    count: a.count + b.count,
    first: [a.first, b.first].filter((t) => t !== null).toSorted()[0] ?? null,
    last:
      [a.last, b.last]
        .filter((t) => t !== null)
        .toSorted()
        .at(-1) ?? null,
    runs: union(a.runs, b.runs),
    agents: union(a.agents, b.agents),
    models: union(a.models, b.models),
    evidence: [...a.evidence, ...b.evidence].slice(0, maxEvidence),
    call: a.call ?? b.call,
    // what stood for itself once, stands for itself
    modifiers: a.modifiers.filter((m) => !SOFT.has(m) || b.modifiers.includes(m)),
    causedBy: b.causedBy === null ? null : a.causedBy,
    consequences: union(a.consequences, b.consequences),
  };
}

const SOFT = new Set(["recovered", "collateral"]);

function rank({ causedBy, modifiers }: Incident): number {
  return (causedBy === null ? 0 : 2) + (modifiers.includes("recovered") ? 1 : 0);
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])].slice(0, MOST_NAMES);
}

function joined<T>(all: readonly T[], key: (one: T) => string, join: (a: T, b: T) => T): T[] {
  const by = new Map<string, T>();
  for (const one of all) {
    const before = by.get(key(one));
    by.set(key(one), before === undefined ? one : join(before, one));
  }
  return [...by.values()];
}

function sum(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const all = new Map(Object.entries(a));
  for (const [reason, count] of Object.entries(b)) all.set(reason, (all.get(reason) ?? 0) + count);
  return Object.fromEntries(all);
}
