import { fisherTwoSided } from "../records/statistics/fisher.ts";
import { holm } from "../records/statistics/holm.ts";
import type { Incident } from "../records/report.ts";
import { sidesBy, sideOf, type Side } from "./sides.ts";
import type { Judged } from "./judged.ts";
import type { Traits } from "./traits.ts";

/** Schema `misfire.compare/1`. Causes that matter most first: new and more frequent, then fewer and gone, then unchanged. */
export interface Comparison {
  schema: "misfire.compare/1";
  /** The attribute that the sides differ in; null when they are two inputs. */
  by: string | null;
  before: Total;
  after: Total;
  causes: CauseChange[];
}

export interface Total {
  name: string;
  runs: number;
  failedRuns: number;
  calls: number;
  failedCalls: number;
}

export interface CauseChange {
  id: string;
  classifier: string;
  title: string;
  tool: string | null;
  severity: Incident["severity"];
  change: "new" | "more" | "fewer" | "gone" | "same";
  /** What was counted. */
  of: "calls" | "runs";
  before: Rate;
  after: Rate;
  /** Fisher's exact test, two-sided, and the same corrected for all causes (Holm). Null without counts on a side. */
  p: number | null;
  corrected: number | null;
}

export interface Rate {
  failed: number;
  total: number;
}

export const LEVEL = 0.05;

/** Two inputs, before and after. */
export function compareInputs(
  before: { name: string; judged: Judged },
  after: { name: string; judged: Judged },
): Comparison {
  const sides: [Side, Side] = [sideOf(before.name, before.judged.runs), sideOf(after.name, after.judged.runs)];
  return comparisonsOf(null, [sides], [after.judged, before.judged])[0]!;
}

/** Each value of an attribute against all other runs that have it; of two values one comparison, in their order. What may be chance is `same`. */
export function compareBy(attribute: string, judged: Judged, traits: Traits): Comparison[] {
  return comparisonsOf(attribute, sidesBy(attribute, judged.runs, traits), [judged]);
}

/** The correction is for all causes of all comparisons together. */
function comparisonsOf(by: string | null, pairs: readonly [Side, Side][], judged: readonly Judged[]): Comparison[] {
  const incidents = rootsOf(judged);
  const compared = pairs.map(([before, after]) => ({
    before,
    after,
    causes: incidents.flatMap((incident) => changeOf(incident, before, after) ?? []),
  }));
  const tested = compared.flatMap(({ causes }) => causes).filter(({ p }) => p !== null);
  const corrected = holm(tested.map(({ p }) => p!));
  for (const [n, cause] of tested.entries()) cause.corrected = corrected[n]!;
  return compared.map(({ before, after, causes }) => {
    for (const cause of causes) cause.change = nameOf(cause, by === null);
    causes.sort(
      (a, b) => ORDER[a.change] - ORDER[b.change] || (a.p ?? 1) - (b.p ?? 1) || b.after.failed - a.after.failed,
    );
    return { schema: "misfire.compare/1", by, before: totalOf(before), after: totalOf(after), causes };
  });
}

/** What is a consequence on all sides is left to its cause. */
function rootsOf(judged: readonly Judged[]): Incident[] {
  const roots = new Map<string, Incident>();
  for (const { incidents } of judged)
    for (const [id, incident] of incidents) if (incident.causedBy === null && !roots.has(id)) roots.set(id, incident);
  return [...roots.values()];
}

/** Counted by calls where the cause is one of calls, else by runs. */
function changeOf(incident: Incident, before: Side, after: Side): CauseChange | null {
  if (incident.severity === "info") return null;
  const { id, classifier, title, tool, severity } = incident;
  const byCall = [before, after].every((side) => side.calls > 0) && [before, after].some((side) => side.byCall.has(id));
  const rate = (side: Side): Rate =>
    byCall
      ? { failed: side.byCall.get(id) ?? 0, total: side.calls }
      : { failed: side.byRun.get(id) ?? 0, total: side.runs };
  const [a, b] = [rate(before), rate(after)];
  if (a.failed + b.failed === 0) return null;
  const p =
    a.total > 0 && b.total > 0 ? fisherTwoSided(a.total - a.failed, a.failed, b.total - b.failed, b.failed) : null;
  return {
    id,
    classifier,
    title,
    tool,
    severity,
    change: "same",
    of: byCall ? "calls" : "runs",
    before: a,
    after: b,
    p,
    corrected: null,
  };
}

/** Between two inputs the first sight of a cause is news, however few they are; between values of an attribute chance deals them out. */
function nameOf({ before, after, corrected }: CauseChange, firstCounts: boolean): CauseChange["change"] {
  const isChance = corrected === null || corrected >= LEVEL;
  if (isChance && !firstCounts) return "same";
  if (before.failed === 0) return "new";
  if (after.failed === 0) return "gone";
  if (isChance) return "same";
  return after.failed / after.total > before.failed / before.total ? "more" : "fewer";
}

const ORDER = { new: 0, more: 1, fewer: 2, gone: 3, same: 4 };

function totalOf({ name, runs, failedRuns, calls, failedCalls }: Side): Total {
  return { name, runs, failedRuns, calls, failedCalls };
}
