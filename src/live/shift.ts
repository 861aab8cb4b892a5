import type { Report } from "../index.ts";
import type { Evidence } from "../index.ts";

/** Lines and bytes of each source that were read before what a report is about. */
export type Bases = ReadonlyMap<string, { lines: number; bytes: number }>;

/** The report with places counted from the beginning of each source. */
export function shifted(report: Report, bases: Bases): Report {
  if (bases.values().every(({ bytes }) => bytes === 0)) return report;
  const move = (evidence: Evidence): Evidence => {
    const base = bases.get(evidence.source);
    if (base === undefined || evidence.kind === "span") return evidence;
    return {
      ...evidence,
      line: evidence.line === null ? null : evidence.line + base.lines,
      byteOffset: evidence.byteOffset === null ? null : evidence.byteOffset + base.bytes,
    };
  };
  return {
    ...report,
    incidents: report.incidents.map((incident) => ({ ...incident, evidence: incident.evidence.map(move) })),
    unclassified: report.unclassified.map((group) => ({ ...group, evidence: group.evidence.map(move) })),
  };
}
