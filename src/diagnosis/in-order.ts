import type { Finding } from "../records/finding.ts";

/**
 * Findings of logs and messages source by source, in their order there; then those of spans in the order of their times. Which
 * finding speaks for an incident must not depend on a collector's batches, nor on which of several sources came first.
 */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const [spans, others] = [findings.filter(isSpan), findings.filter((finding) => !isSpan(finding))];
  return [...others.toSorted((a, b) => compareValues(a.scope.source, b.scope.source)), ...spans.toSorted(compare)];
}

/** Whether the first stands before the other, by time, then by span. */
export function isEarlier(a: Pick<Finding, "time" | "scope">, b: Pick<Finding, "time" | "scope">): boolean {
  return compare(a, b) < 0;
}

function compare(a: Pick<Finding, "time" | "scope">, b: Pick<Finding, "time" | "scope">): number {
  return (
    compareValues(a.time ?? -1n, b.time ?? -1n) ||
    compareValues(a.scope.source, b.scope.source) ||
    compareValues(a.scope.traceId ?? "", b.scope.traceId ?? "") ||
    compareValues(a.scope.spanId ?? "", b.scope.spanId ?? "")
  );
}

function isSpan({ evidence }: Finding): boolean {
  return evidence[0]?.kind === "span";
}

function compareValues<T extends bigint | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
