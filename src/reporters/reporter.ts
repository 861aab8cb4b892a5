import type { Report } from "../records/report.ts";

/** How a report is shown; the same report gives the same text for the same view. */
export interface View {
  /** Columns of the terminal. */
  width: number;
  color: boolean;
  /** Also list what matched no cause. */
  unclassified: boolean;
  /** Also say what ran and what did not. */
  verbose: boolean;
  /** One line per root cause. */
  quiet: boolean;
  /** How long the reading took; null leaves it out. */
  seconds: number | null;
  /** Lines around a piece of evidence, keyed by `contextKey`. */
  context: ReadonlyMap<string, { before: string[]; after: string[] }>;
}

/** One output format: a function of the report. */
export type Reporter = (report: Report, view: View) => string;

export function contextKey(evidence: { source: string; line: number | null }): string {
  return `${evidence.source}:${evidence.line ?? ""}`;
}
