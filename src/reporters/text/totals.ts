import type { Report } from "../../records/report.ts";
import type { View } from "../reporter.ts";
import { bytesOf, countOf, numberOf, secondsOf } from "./numbers.ts";
import type { Paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

/** `3 causes, 14 failed of 120 calls, 2 unclassified · 1.2 GB in 1.4 s`, on two lines where it does not fit on one. */
export function totalsLines({ incidents, totals, unclassified, sources }: Report, view: View, paint: Paint): string[] {
  const roots = incidents.filter(({ causedBy }) => causedBy === null);
  const parts = roots.length === 0 && totals.requested > 0 ? [] : [countOf(roots.length, "cause")];
  if (totals.requested > 0) parts.push(`${numberOf(totals.failed)} failed of ${countOf(totals.requested, "call")}`);
  else if (totals.failed > 0) parts.push(`${countOf(totals.failed, "failure")}`);
  if (totals.recovered > 0) parts.push(`${numberOf(totals.recovered)} recovered`);
  const loose = unclassified.reduce((sum, { count }) => sum + count, 0);
  if (loose > 0) parts.push(`${numberOf(loose)} unclassified${view.unclassified ? "" : " (-u shows them)"}`);
  const found = parts.join(", ");
  const read =
    bytesOf(sources.reduce((sum, { bytes }) => sum + bytes, 0)) +
    (view.seconds === null ? "" : ` in ${secondsOf(view.seconds)}`);
  const fits = found.length + read.length + 3 <= view.width;
  return fits
    ? [`${paint.bold(found)}${paint.dim(` · ${read}`)}`]
    : [...wrap(found, view.width).map(paint.bold), paint.dim(read)];
}
