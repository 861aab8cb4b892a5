import type { Classifier, Sequence, Signature } from "../records/classifier.ts";
import type { Facts } from "../records/finding.ts";
import type { Text } from "../records/text.ts";
import type { Match } from "./matcher.ts";

/** A sequence that came true: its last record, with the facts of all steps. */
export interface SequenceMatch {
  match: Match;
  text: Text;
}

/**
 * Follows signatures that one record cannot say: records in order, within a window or run, joined on captured facts,
 * with steps that must be absent. A trailing absent step fires when the window closes without it. Bounded: at most
 * `OPEN` half-matched sequences per signature are kept, the oldest are dropped.
 */
export interface SequenceTracker {
  /** Literals that the steps wait for. */
  readonly literals: string[];
  see(text: Text): SequenceMatch[];
  /** What would come true if the input ended here; asking changes nothing. */
  end(): SequenceMatch[];
}

const OPEN = 1000;

interface Followed {
  classifier: Classifier;
  signature: Signature;
  sequence: Sequence;
  steps: { regex: RegExp; absent: boolean }[];
  open: Thread[];
}

interface Thread {
  next: number;
  facts: Facts;
  text: Text;
  body: string;
  start: number;
  end: number;
  since: bigint | null;
  records: number;
}

export function createSequences(classifiers: readonly Classifier[]): SequenceTracker {
  const followed: Followed[] = classifiers.flatMap((classifier) =>
    classifier.signatures.flatMap((signature) =>
      signature.sequence === null
        ? []
        : [
            {
              classifier,
              signature,
              sequence: signature.sequence,
              open: [],
              steps: signature.sequence.steps.map((s) => ({ regex: new RegExp(s.pattern, s.flags), absent: s.absent })),
            },
          ],
    ),
  );
  return {
    literals: followed.flatMap((f) => f.sequence.steps.flatMap((s) => s.literals)),
    see: (text) => followed.flatMap((f) => advance(f, text)),
    end: () => followed.flatMap((f) => f.open.flatMap((t) => (onlyAbsentLeft(f, t) ? [done(f, t)] : []))),
  };
}

function advance(f: Followed, text: Text): SequenceMatch[] {
  const out: SequenceMatch[] = [];
  const still: Thread[] = [];
  for (const thread of f.open) {
    thread.records++;
    if (closed(f.sequence, thread, text)) {
      if (onlyAbsentLeft(f, thread)) out.push(done(f, thread));
      continue;
    }
    const verdict = step(f, thread, text);
    if (verdict === "done") out.push(done(f, thread));
    else if (verdict !== "broken") still.push(thread);
  }
  f.open = still;
  const begun = begin(f, text);
  if (begun !== null) {
    if (f.open.length >= OPEN) f.open.shift();
    f.open.push(begun);
  }
  return out;
}

/** Moves a thread on with a text: an absent step that matches breaks it, the next present one advances it. */
function step(f: Followed, thread: Thread, text: Text): "waits" | "done" | "broken" {
  for (let i = thread.next; i < f.steps.length; i++) {
    const { regex, absent } = f.steps[i]!;
    const m = regex.exec(text.text);
    const fits = m !== null && agrees(f.sequence, thread.facts, m.groups);
    if (absent) {
      if (fits) return "broken";
      continue;
    }
    if (!fits) return "waits";
    Object.assign(thread.facts, defined(m.groups));
    Object.assign(thread, { text, body: text.text, start: m.index, end: m.index + m[0].length, next: i + 1 });
    return i + 1 === f.steps.length ? "done" : "waits";
  }
  return "waits";
}

function begin(f: Followed, text: Text): Thread | null {
  if (!f.signature.in.includes(text.place)) return null;
  const m = f.steps[0]!.regex.exec(text.text);
  if (m === null) return null;
  return {
    next: 1,
    facts: { ...f.signature.facts, ...defined(m.groups) },
    text,
    body: text.text,
    start: m.index,
    end: m.index + m[0].length,
    since: text.time,
    records: 0,
  };
}

function closed({ within }: Sequence, thread: Thread, text: Text): boolean {
  if (within.records !== null && thread.records > within.records) return true;
  if (within.seconds === null || thread.since === null || text.time === null) return false;
  return text.time - thread.since > BigInt(Math.round(within.seconds * 1e9));
}

function onlyAbsentLeft(f: Followed, thread: Thread): boolean {
  return f.steps.slice(thread.next).every((s) => s.absent);
}

function agrees({ on }: Sequence, facts: Facts, groups: Record<string, string> | undefined): boolean {
  return on.every((name) => facts[name] === undefined || groups?.[name] === undefined || facts[name] === groups[name]);
}

function done(f: Followed, t: Thread): SequenceMatch {
  return {
    match: {
      classifier: f.classifier,
      signature: f.signature,
      facts: t.facts,
      body: t.body,
      start: t.start,
      end: t.end,
    },
    text: t.text,
  };
}

function defined(groups: Record<string, string> | undefined): Facts {
  return Object.fromEntries(Object.entries(groups ?? {}).filter(([, v]) => v !== undefined && v !== ""));
}
