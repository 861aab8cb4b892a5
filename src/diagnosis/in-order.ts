import type { Finding } from "../records/finding.ts";

/**
 * Findings of spans in the order of their times, whatever the order in which the spans came; those of logs and messages
 * keep their places. Which finding speaks for an incident must not depend on a collector's batches.
 */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const spans = findings.filter(isSpan).toSorted(compare);
  let next = 0;
  return findings.map((finding) => (isSpan(finding) ? spans[next++]! : finding));
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
