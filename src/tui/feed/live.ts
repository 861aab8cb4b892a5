import type { Incident } from "../../index.ts";
import type { Change } from "../../live/changes.ts";
import type { Live } from "../../live/live.ts";
import type { Span } from "../../records/records.ts";
import { createRingLines } from "../logs/ring-lines.ts";
import { emptySnapshot } from "./empty.ts";
import { createLook } from "./look.ts";
import { createMeter } from "./meter.ts";
import { createSpanRing } from "./span-ring.ts";
import type { Feed, Snapshot, Status } from "./snapshot.ts";

/** The feed of an endless watch. It stands around the live analyzer, and keeps the last lines and spans that go into it. */
export interface LiveFeed extends Feed {
  span(span: Span): void;
  change(change: Change): void;
  /** The same live analyzer, with what goes into it seen here. */
  attach(live: Live): Live;
  /** Judges what came, and tells. */
  look(): void;
  /** What is printed elsewhere while there is no app. */
  problem(text: string): void;
  setWhere(where: string): void;
}

const TELL_MS = 100;
const MOST_PROBLEMS = 50;

export function createLiveFeed(): LiveFeed {
  const ring = createRingLines();
  const spans = createSpanRing();
  const look = createLook();
  const bytes = createMeter();
  const spanRate = createMeter();
  const listeners = new Set<() => void>();
  const arrived = new Set<string>();
  // told before a report has them: the last lines of a log that has gone quiet, until more comes
  const early = new Map<string, { incident: Incident; at: number }>();
  let read = 0;
  let problems: string[] = [];
  let where = "";
  let live: Live | null = null;
  let snapshot: Snapshot = emptySnapshot(ring, status());
  // rates fall to nothing when nothing comes
  const ticking = setInterval(() => tell({}), 1000).unref();
  let timer: NodeJS.Timeout | null = null;
  let looking: NodeJS.Timeout | null = null;
  let looked = { at: 0, cost: 0 };

  function status(): Status {
    return {
      reading: null,
      live: { where, bytesPerSecond: bytes.rate(), spansPerSecond: spanRate.rate(), openRuns: live?.openRuns ?? 0 },
      problems,
      droppedLines: ring.dropped,
    };
  }

  function tell(more: Partial<Snapshot>): void {
    snapshot = { ...snapshot, ...more, status: status(), version: snapshot.version + 1 };
    for (const listener of listeners) listener();
  }

  /** New lines and rates are shown between two looks, too. */
  function came(): void {
    timer ??= setTimeout(() => {
      timer = null;
      tell({});
    }, TELL_MS);
  }

  /** Judging takes at most a twentieth of the time: a key must not wait for it. */
  function soon(): void {
    if (looking !== null) return;
    const wait = looked.at + 20 * looked.cost - performance.now();
    if (wait <= 0) now();
    else looking = setTimeout(now, wait);
  }

  function now(): void {
    looking = null;
    if (live === null) return;
    const the = live;
    const begun = performance.now();
    const { report: judged, times, runs } = look({ report: (each) => the.judge(each), runs: () => the.runs() }, spans);
    looked = { at: performance.now(), cost: performance.now() - begun };
    const known = new Set(judged.incidents.map(({ id }) => id));
    for (const [id, { at }] of early) if (known.has(id) || at < read) early.delete(id);
    const incidents = [...judged.incidents, ...[...early.values()].map(({ incident }) => incident)];
    tell({ times, runs: timed(runs), report: { ...judged, incidents }, arrived: new Set(arrived) });
  }

  /** What the screens ask for counts, too. */
  function timed<T>(what: () => T): () => T {
    return () => {
      const begun = performance.now();
      const result = what();
      looked.cost += performance.now() - begun;
      return result;
    };
  }

  return {
    snapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    span(span) {
      spans.add(span);
      spanRate.add(1);
      came();
    },
    change(change) {
      if (change.type === "withdrawn") early.delete(change.id);
      if (change.type !== "finding") return;
      early.set(change.incident.id, { incident: change.incident, at: read });
      arrived.add(change.incident.id);
    },
    attach(inner) {
      return (live = {
        ...inner,
        source(name, format, from) {
          const source = inner.source(name, format, from);
          const isText = format === undefined || format === "text";
          return {
            push(block) {
              bytes.add(block.length);
              read += block.length;
              if (isText) ring.add(name, block);
              source.push(block);
              came();
            },
            end: () => source.end(),
          };
        },
        get openRuns() {
          return inner.openRuns;
        },
      });
    },
    look: soon,
    problem(text) {
      problems = [text.trim(), ...problems].slice(0, MOST_PROBLEMS);
      came();
    },
    setWhere(text) {
      where = text;
      tell({});
    },
    stop() {
      clearInterval(ticking);
      if (timer !== null) clearTimeout(timer);
      if (looking !== null) clearTimeout(looking);
      looking = null;
      live = null;
      listeners.clear();
    },
  };
}
