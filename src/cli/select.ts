import type { Incident, Report } from "../index.ts";

/** The report with only those incidents that `--only` and `--ignore` leave, and the verdict that fits them. */
export function select(report: Report, only: readonly string[], ignore: readonly string[]): Report {
  if (only.length === 0 && ignore.length === 0) return report;
  const fits = ({ classifier, layer }: Incident, words: readonly string[]): boolean =>
    words.includes(classifier) || words.includes(layer);
  const incidents = report.incidents.filter(
    (incident) => (only.length === 0 || fits(incident, only)) && !fits(incident, ignore),
  );
  const stands = incidents.some((incident) => counts(incident) && incident.severity !== "info");
  const verdict = report.verdict === "failures" && !stands ? "clean" : report.verdict;
  const ids = new Set(incidents.map(({ id }) => id));
  return {
    ...report,
    verdict,
    incidents: incidents.map((incident) => ({
      ...incident,
      consequences: incident.consequences.filter((id) => ids.has(id)),
    })),
  };
}

/** Neither recovered nor a consequence. */
export function counts({ modifiers }: Incident): boolean {
  return !modifiers.includes("recovered") && !modifiers.includes("collateral");
}
