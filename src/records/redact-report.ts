import type { Evidence } from "./evidence.ts";
import { redact, redactRange } from "./redact.ts";
import type { Report } from "./report.ts";

/** A report without secrets: every string that can hold a piece of the input, `highlight` moved along. */
export function redactReport(report: Report): Report {
  return {
    ...report,
    incidents: report.incidents.map((incident) => ({
      ...incident,
      facts: redactStrings(incident.facts, 0),
      tool: incident.tool === null ? null : redact(incident.tool),
      cause: redact(incident.cause),
      fix: redactStrings(incident.fix, 0),
      evidence: incident.evidence.map(redactEvidence),
      call: redactStrings(incident.call, 0),
    })),
    unclassified: report.unclassified.map((group) => ({
      ...group,
      template: redact(group.template),
      evidence: group.evidence.map(redactEvidence),
    })),
    coverage: { ...report.coverage, notes: report.coverage.notes.map(redact) },
  };
}

export function redactEvidence(evidence: Evidence): Evidence {
  const { text, range } = redactRange(evidence.excerpt, evidence.highlight);
  return { ...evidence, excerpt: text, highlight: range };
}

/** All strings inside a plain value; what lies deeper than 64 levels is dropped, since it could hide anything. */
export function redactStrings<T>(value: T, depth: number): T {
  return walk(value, depth) as T;
}

function walk(value: unknown, depth: number): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > 64) return null;
  if (Array.isArray(value)) return value.map((item) => walk(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, depth + 1)]));
}
