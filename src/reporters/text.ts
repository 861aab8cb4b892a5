import type { Incident, Report } from "../records/report.ts";
import type { Reporter, View } from "./reporter.ts";
import { incidentBlock } from "./text/incident.ts";
import { nothingFound } from "./text/nothing-found.ts";
import { paintOf, type Paint } from "./text/paint.ts";
import { quietLine } from "./text/quiet-line.ts";
import { totalsLines } from "./text/totals.ts";
import { unclassifiedBlock } from "./text/unclassified.ts";
import { verboseBlock } from "./text/verbose.ts";

/** The report for people: a block per root cause, what matched nothing, what ran, and a line of totals. */
export const text: Reporter = (report, wanted) => {
  const view = { ...wanted, width: Math.max(wanted.width, NARROWEST) };
  const paint = paintOf(view.color);
  const roots = rootsOf(report);
  if (view.quiet) return roots.map((incident) => `${quietLine(incident, paint)}\n`).join("");
  const blocks = [...incidentBlocks(roots, report, view, paint), ...after(report, view, paint)];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
};

/** Below this the terminal has to wrap what we print. */
const NARROWEST = 64;

/** What stands alone: an incident whose cause was filtered away is shown rather than lost. */
function rootsOf(report: Report): Incident[] {
  const ids = new Set(report.incidents.map(({ id }) => id));
  return report.incidents.filter(({ causedBy }) => causedBy === null || !ids.has(causedBy));
}

function incidentBlocks(roots: readonly Incident[], report: Report, view: View, paint: Paint): string[][] {
  const explained = new Set<string>();
  return roots.map((incident) => {
    const block = incidentBlock({ incident, report, view, paint, fixShown: explained.has(incident.classifier) });
    explained.add(incident.classifier);
    return block;
  });
}

function after(report: Report, view: View, paint: Paint): string[][] {
  const blocks: string[][] = [];
  if (view.unclassified && report.unclassified.length > 0) blocks.push(unclassifiedBlock(report, view, paint));
  if (view.verbose) blocks.push(verboseBlock(report, view, paint));
  if (report.incidents.length === 0) blocks.push(nothingFound(report, view, paint));
  if (report.sources.some(({ bytes }) => bytes > 0)) blocks.push(totalsLines(report, view, paint));
  return blocks;
}
