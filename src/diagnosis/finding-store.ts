import type { Finding } from "../records/finding.ts";
import { createSeenTexts } from "./seen-texts.ts";
import { fingerprintOf } from "./fingerprint.ts";

/** Findings in the order they came, bounded on endless input: past the cap of one fingerprint they are counted only. */
export interface FindingStore {
  add(finding: Finding): void;
  list(): Finding[];
  /** Takes out what `isOver` holds for, with the counts beyond of the same fingerprints. */
  take(isOver: (finding: Finding) => boolean): { findings: Finding[]; beyond: ReadonlyMap<string, Beyond> };
  /** Whether a failure of the finding's call was counted without being kept. */
  isCounted(finding: Finding): boolean;
  /** How many of a fingerprint were counted without being kept, and the time of the last one. */
  beyond(): ReadonlyMap<string, Beyond>;
}

export interface Beyond {
  count: number;
  last: bigint | null;
}

const CAP = 500;
/** Distinct fingerprints kept; a hostile log that invents a tool name per line must not fill the memory. */
const MAX_FINGERPRINTS = 20_000;

export function createFindingStore(): FindingStore {
  let kept: Finding[] = [];
  const counts = new Map<string, number>();
  const beyond = new Map<string, Beyond>();
  const told = createSeenTexts();
  const counted = new Set<string>();
  return {
    add(finding) {
      const own = fingerprintOf(finding);
      const key = counts.has(own) || counts.size < MAX_FINGERPRINTS ? own : `${finding.classifier}\u0000\u0000`;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      // a span and a result that tell of one call are one failure
      const call = callOf(finding);
      const isTold = call !== null && told.again(`${key} ${call}`);
      if (count <= CAP) {
        kept.push(finding);
        return;
      }
      if (isTold) return;
      if (call !== null && counted.size < MOST_CALLS) counted.add(call);
      const known = beyond.get(key);
      if (known === undefined) beyond.set(key, { count: 1, last: finding.time });
      else {
        known.count++;
        known.last = finding.time ?? known.last;
      }
    },
    list: () => kept,
    take(isOver) {
      const findings = kept.filter(isOver);
      kept = kept.filter((finding) => !isOver(finding));
      const own = new Map<string, Beyond>();
      for (const finding of findings) {
        const key = fingerprintOf(finding);
        const known = beyond.get(key);
        if (known !== undefined) own.set(key, known);
        beyond.delete(key);
        counts.set(key, Math.max(0, (counts.get(key) ?? 1) - 1));
      }
      return { findings, beyond: own };
    },
    isCounted(finding) {
      const call = counted.size === 0 ? null : callOf(finding);
      return call !== null && counted.has(call);
    },
    beyond: () => beyond,
  };
}

const MOST_CALLS = 200_000;

function callOf({ callId, scope }: Finding): string | null {
  return callId === null ? null : `${scope.traceId ?? scope.run ?? scope.source} ${callId}`;
}
