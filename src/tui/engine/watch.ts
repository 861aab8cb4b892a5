import type { AnalyzerOptions, Incident } from "../../index.ts";
import type { Change } from "../../live/changes.ts";
import { guarded } from "../../live/guarded.ts";
import { createLive, type LiveSource } from "../../live/live.ts";
import { createPace } from "../../live/pace.ts";
import type { Engine, Post } from "./messages.ts";
import { createReporter } from "./reporter.ts";
import { createSpanRing } from "./span-ring.ts";

/** An endless watch: takes what comes, and tells what it finds soon after. */
export function watch(idleMs: number, options: AnalyzerOptions, post: Post): Engine {
  const spans = createSpanRing();
  const sources = new Map<number, LiveSource>();
  const arrived = new Set<string>();
  // told before a report has them: the last lines of a log that has gone quiet, until more comes
  const early = new Map<string, { incident: Incident; at: number }>();
  let read = 0;
  let taken = 0;
  let isStale = false;

  function changed(change: Change): void {
    if (change.type === "withdrawn") early.delete(change.id);
    if (change.type !== "finding") return;
    early.set(change.incident.id, { incident: change.incident, at: read });
    arrived.add(change.incident.id);
  }

  const live = guarded(
    createLive({ analyzer: { ...options, spans: spans.add }, idleMs, changed, now: () => performance.now() }),
    (error) => post({ type: "fault", stack: error.stack ?? error.message }),
  );
  const reporter = createReporter(
    { report: (each) => live.judge(each), runs: () => live.runs() },
    spans,
    post,
    () => isStale && pace.touch(),
  );
  const pace = createPace(() => {
    isStale = !reporter.look({ openRuns: live.openRuns, arrived, early: earlyBut });
  }, idleMs);

  function earlyBut(known: ReadonlySet<string>): Incident[] {
    for (const [id, { at }] of early) if (known.has(id) || at < read) early.delete(id);
    return [...early.values()].map(({ incident }) => incident);
  }

  /** The bytes of whoever waits for room are counted in lots. */
  function tookIn(bytes: number): void {
    read += bytes;
    taken += bytes;
    if (taken < LOT) return;
    post({ type: "taken", bytes: taken });
    taken = 0;
  }

  return {
    take(message) {
      if (reporter.take(message)) return;
      switch (message.type) {
        case "open":
          sources.set(
            message.source,
            live.source(message.name, message.format ?? undefined, message.from ?? { bytes: 0, lines: 0 }),
          );
          return;
        case "push":
          sources.get(message.source)?.push(message.block);
          tookIn(message.block.length);
          return pace.touch();
        case "end":
          sources.get(message.source)?.end();
          sources.delete(message.source);
          return pace.touch();
        case "otlp":
          post({ type: "answer", call: message.call, value: live.otlp(message.batch) });
          return pace.touch();
        case "missed":
          return live.missed(message.reason);
        case "report":
          return post({ type: "answer", call: message.call, value: live.report() });
        case "finish":
          pace.stop();
          return post({ type: "answer", call: message.call, value: live.finish() });
        default:
          return;
      }
    },
  };
}

const LOT = 1 << 20;
