import type { Report } from "../../records/report.ts";
import type { View } from "../reporter.ts";
import { bytesOf, countOf, numberOf, secondsOf } from "./numbers.ts";
import type { Paint } from "./paint.ts";

/** `3 causes, 14 failed of 120 calls, 2 unclassified · 1.2 GB in 1.4 s`. */
export function totalsLine({ incidents, totals, unclassified, sources }: Report, view: View, paint: Paint): string {
  const roots = incidents.filter(({ causedBy }) => causedBy === null);
  const parts = [roots.length === 0 ? "no cause" : countOf(roots.length, "cause")];
  if (totals.requested > 0) parts.push(`${numberOf(totals.failed)} failed of ${countOf(totals.requested, "call")}`);
  else if (totals.failed > 0) parts.push(`${countOf(totals.failed, "failure")}`);
  if (totals.recovered > 0) parts.push(`${numberOf(totals.recovered)} recovered`);
  const loose = unclassified.reduce((sum, { count }) => sum + count, 0);
  if (loose > 0) parts.push(`${numberOf(loose)} unclassified${view.unclassified ? "" : " (-u shows them)"}`);
  const bytes = bytesOf(sources.reduce((sum, source) => sum + source.bytes, 0));
  const time = view.seconds === null ? "" : ` in ${secondsOf(view.seconds)}`;
  return `${paint.bold(parts.join(", "))}${paint.dim(` · ${bytes}${time}`)}`;
}
