import type { Evidence } from "../records/evidence.ts";
import type { Fact, FactKind } from "../records/fact.ts";

/**
 * Facts in the order in which they happened, whatever the order in which they came: spans end children first, files are
 * read one after the other. Lines of one source keep their order; a line without a time has that of the one before it.
 */
export function inOrder(facts: readonly Fact[]): Fact[] {
  const placed = facts.map((fact) => ({ fact, time: fact.time, offset: offsetOf(fact.evidence) }));
  const bySource = Map.groupBy(placed, ({ fact }) => (fact.evidence.kind === "span" ? null : fact.evidence.source));
  for (const [source, lines] of bySource) if (source !== null) carryTimes(lines.sort((a, b) => a.offset - b.offset));
  return placed.sort(compare).map(({ fact }) => fact);
}

/** What a fact was read from: facts of one span, record or exchange share it. */
export function placeOf({ evidence, time }: Fact): string {
  if (evidence.kind === "span" && evidence.spanId !== null) return `span ${evidence.traceId} ${evidence.spanId}`;
  if (evidence.kind === "message") return `message ${evidence.source} ${evidence.line} ${time}`;
  return `log ${evidence.source} ${offsetOf(evidence)}`;
}

interface Placed {
  fact: Fact;
  time: bigint | null;
  offset: number;
}

function offsetOf(evidence: Evidence): number {
  return evidence.byteOffset ?? (evidence.line ?? 0) * 1e6 + (evidence.messageIndex ?? 0);
}

/** Within a source the line order is the truth: times run forward only, and fill the gaps. */
function carryTimes(lines: Placed[]): void {
  let last = lines.find(({ time }) => time !== null)?.time ?? null;
  for (const line of lines) {
    if (line.time !== null && (last === null || line.time > last)) last = line.time;
    line.time = last;
  }
}

const RANK: Record<FactKind, number> = {
  "run-started": 0,
  offered: 1,
  asked: 2,
  answered: 3,
  requested: 4,
  parsed: 5,
  "looked-up": 6,
  validated: 7,
  executed: 8,
  returned: 9,
  "model-failed": 10,
  "run-ended": 11,
};

function compare(a: Placed, b: Placed): number {
  return (
    compareValues(a.time ?? -1n, b.time ?? -1n) ||
    compareValues(a.fact.evidence.source, b.fact.evidence.source) ||
    (a.fact.evidence.kind === "span" || b.fact.evidence.kind === "span" ? 0 : a.offset - b.offset) ||
    RANK[a.fact.kind] - RANK[b.fact.kind] ||
    compareValues(a.fact.evidence.spanId ?? "", b.fact.evidence.spanId ?? "") ||
    (a.fact.evidence.messageIndex ?? 0) - (b.fact.evidence.messageIndex ?? 0)
  );
}

function compareValues<T extends bigint | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
