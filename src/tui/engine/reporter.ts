import type { Incident } from "../../index.ts";
import { createLook, type Judgeable, type Looked } from "./look.ts";
import type { Post, ToEngine } from "./messages.ts";
import { createOutbox } from "./outbox.ts";
import type { SpanRing } from "./span-ring.ts";

/** Looks at an analyzer and tells the screen what changed. */
export interface Reporter {
  /** While the screen has not taken what was told before, nothing is looked at: gives false. */
  look(more?: More): boolean;
  /** What the screen asks for; false: it is nothing of this. */
  take(message: ToEngine): boolean;
  /** When all that was told is shown. */
  idle(): Promise<void>;
}

/** What an endless watch knows besides. */
export interface More {
  openRuns: number;
  arrived: ReadonlySet<string>;
  /** Told before a report has them. */
  early(known: ReadonlySet<string>): Incident[];
}

/** Many runs are sent as long as somebody looks at them, and so long after. */
const WANTED_MS = 3_000;
const FEW = 200;

/** `shown` is called when all that was told is shown. */
export function createReporter(the: Judgeable, spans: SpanRing, post: Post, shown: () => void): Reporter {
  const look = createLook();
  const outbox = createOutbox((update) => post({ type: "update", update }));
  let looked: Looked | null = null;
  let wantedAt = -Infinity;
  let isOwed = false;

  function putRuns(): void {
    isOwed = looked !== null && outbox.isBusy;
    if (looked !== null && !outbox.isBusy)
      outbox.put({ head: null, incidents: [], times: new Map(), runs: looked.runs() });
  }

  return {
    look(more = ALONE) {
      if (outbox.isBusy) return false;
      looked = look(the, spans);
      const { incidents: judged, ...report } = looked.report;
      const incidents = [...judged, ...more.early(new Set(judged.map(({ id }) => id)))];
      outbox.put({
        head: {
          report,
          order: incidents.map(({ id }) => id),
          arrived: [...more.arrived],
          openRuns: more.openRuns,
        },
        incidents,
        times: looked.times,
        runs: the.runs().length <= FEW || performance.now() - wantedAt < WANTED_MS ? looked.runs() : null,
      });
      return true;
    },
    take(message) {
      if (message.type === "got") {
        outbox.got();
        if (outbox.isBusy) return true;
        if (isOwed) putRuns();
        else shown();
        return true;
      }
      if (message.type === "want-runs") {
        const isFirst = performance.now() - wantedAt > WANTED_MS;
        wantedAt = performance.now();
        if (isFirst) putRuns();
        return true;
      }
      if (message.type !== "want-run") return false;
      const { id } = message;
      post({ type: "run", id, run: looked?.runs().find((run) => run.id === id) ?? null });
      return true;
    },
    idle: () => outbox.idle(),
  };
}

const ALONE: More = { openRuns: 0, arrived: new Set(), early: () => [] };
