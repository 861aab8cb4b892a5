import { outcomeOf } from "../detectors/outcome.ts";
import type { ToolCall } from "../records/call.ts";
import type { Classifier } from "../records/classifier.ts";
import type { Finding } from "../records/finding.ts";
import { SEVERITIES } from "../records/life.ts";
import type { Coverage, EachIncident, Incident, Report, SourceSummary, Unclassified } from "../records/report.ts";
import type { Beyond } from "./finding-store.ts";
import { group } from "./group.ts";
import { incidentOf } from "./incident.ts";
import type { Draft } from "./incident-draft.ts";
import { linkCauses } from "./link-causes.ts";
import { onePerCall } from "./one-per-call.ts";
import type { PackageVersions } from "./package-versions.ts";
import { joinWitnesses } from "./same-failure.ts";

export interface ReportParts {
  version: string;
  classifiers: ReadonlyMap<string, Classifier>;
  findings: readonly Finding[];
  beyond: ReadonlyMap<string, Beyond>;
  calls: readonly ToolCall[];
  unclassified: Unclassified[];
  sources: SourceSummary[];
  coverage: Coverage;
  sawAgent: boolean;
  maxEvidence: number;
  versions: PackageVersions;
  each?: EachIncident;
}

/** The report of all that was found: joined, grouped, linked, ranked. */
export function reportOf(parts: ReportParts): Report {
  const drafts = group(onePerCall(joinWitnesses(parts.findings)), parts.beyond);
  linkCauses(drafts);
  const calls = new Map(parts.calls.map((c) => [c.key, c]));
  const incidents = drafts.flatMap((d) => {
    const classifier = parts.classifiers.get(d.findings[0]!.classifier);
    if (classifier === undefined) return [];
    const incident = incidentOf(d, classifier, calls, parts);
    parts.each?.(incident, d.findings);
    return [incident];
  });
  const ranked = rankIncidents(incidents);
  for (const incident of ranked) {
    if (incident.causedBy === null) continue;
    ranked.find((c) => c.id === incident.causedBy)?.consequences.push(incident.id);
  }
  return {
    schema: "misfire.report/1",
    version: parts.version,
    verdict: verdictOf(ranked, parts.sawAgent),
    sources: parts.sources,
    incidents: ranked,
    unclassified: parts.unclassified,
    totals: totalsOf(parts.calls, ranked, drafts),
    coverage: parts.coverage,
  };
}

/** Root causes first; the record's own faults and remarks after failures; then unrecovered, severity, fatal, runs, time. Stable. */
export function rankIncidents(incidents: Incident[]): Incident[] {
  const key = (i: Incident) => [
    i.causedBy === null ? 0 : 1,
    i.severity === "info" || i.classifier === "telemetry/record-lost" ? 1 : 0,
    i.modifiers.includes("recovered") ? 1 : 0,
    SEVERITIES.indexOf(i.severity),
    i.modifiers.includes("fatal") ? 0 : 1,
    -Math.max(i.runs.length, 1),
  ];
  return incidents
    .map((incident, index) => ({ incident, index, key: key(incident) }))
    .sort((a, b) => {
      for (let k = 0; k < a.key.length; k++) if (a.key[k] !== b.key[k]) return a.key[k]! - b.key[k]!;
      const [ta, tb] = [a.incident.first, b.incident.first];
      if (ta !== null && tb !== null && ta !== tb) return ta < tb ? -1 : 1;
      return a.index - b.index;
    })
    .map(({ incident }) => incident);
}

function verdictOf(incidents: Incident[], sawAgent: boolean): Report["verdict"] {
  const stands = incidents.some(
    (i) => !i.modifiers.includes("collateral") && !i.modifiers.includes("recovered") && i.severity !== "info",
  );
  if (stands) return "failures";
  return sawAgent || incidents.length > 0 ? "clean" : "no-agent-data";
}

function totalsOf(calls: readonly ToolCall[], incidents: Incident[], drafts: readonly Draft[]): Report["totals"] {
  const roots = incidents.filter((i) => i.causedBy === null && i.severity !== "info");
  // what was answered well in the end has not failed, whatever its arguments looked like
  const broken = calls.filter((c) => Object.values(c.life).includes("failed") && outcomeOf(c) !== "ok");
  const failed = new Set(broken.map((c) => c.key));
  for (const draft of drafts)
    for (const { callId, callKey, severity } of draft.findings) {
      const call = callKey ?? callId;
      if (call !== null && severity !== "info") failed.add(call);
    }
  const known = new Set(calls.map((c) => c.key));
  const requested = calls.filter((c) => c.requested).length;
  return {
    requested,
    answered: calls.filter((c) => c.results.length > 0).length,
    failed: requested === 0 ? roots.reduce((n, i) => n + i.count, 0) : [...failed].filter((id) => known.has(id)).length,
    recovered: roots.filter((i) => i.modifiers.includes("recovered")).reduce((n, i) => n + i.count, 0),
  };
}
