import type { Report } from "../../index.ts";
import type { Change } from "../../live/changes.ts";
import { guarded } from "../../live/guarded.ts";
import { createLive } from "../../live/live.ts";
import { createPace } from "../../live/pace.ts";
import { builtInPack } from "../../pack.ts";
import { loadClassifiers } from "../../user-packs.ts";
import { inWindow, windowOf } from "../cases.ts";
import { checkSelection } from "../classifier-ids.ts";
import type { LiveFeed, Watched } from "../../tui/feed/live.ts";
import type { Call } from "../call.ts";

/** A live analyzer that looks by itself. `touch` says that data came. */
export interface Watch {
  live: Pick<Watched, "source" | "missed" | "openRuns"> & {
    otlp(...batch: Parameters<Watched["otlp"]>): ReturnType<Watched["otlp"]> | Awaited<ReturnType<Watched["otlp"]>>;
  };
  touch(): void;
  report(): Report | Promise<Report>;
  finish(): Report | Promise<Report>;
  /** Whoever can read faster than this waits here between two blocks. */
  room(): Promise<void>;
}

/** With a `feed` the terminal app is told what `changed` would be, and the analyzer has a thread of its own. */
export async function openWatch(
  call: Call,
  changed: (change: Change) => void,
  feed: LiveFeed | null = null,
): Promise<Watch> {
  const { values } = call;
  const keep = inWindow(call);
  const classifiers = await loadClassifiers(values.classifiers);
  const known = [...builtInPack().classifiers, ...classifiers];
  checkSelection("only", values.only, known);
  checkSelection("ignore", values.ignore, known);
  const idleMs = values.idle * 1000;
  const fault = (stack: string | undefined): void =>
    call.io.err(
      `misfire: a fault of the analysis, which goes on as far as it can; please report it with what follows\n${stack}\n`,
    );
  if (feed !== null) {
    const window = windowOf(call);
    const { classifiers: places, "max-evidence": maxEvidence } = values;
    const watched = feed.watch({ kind: "live", classifiers: places, maxEvidence, window, format: null, idleMs }, fault);
    return { ...watched, live: watched, touch: () => {} };
  }
  const live = guarded(
    createLive({
      analyzer: { classifiers, maxEvidence: values["max-evidence"], ...(keep && { keep }) },
      idleMs,
      changed,
      now: () => performance.now(),
    }),
    ({ stack }) => fault(stack),
  );
  const pace = createPace(() => live.judge(), idleMs);
  return {
    live,
    touch: pace.touch,
    report: () => live.report(),
    finish() {
      pace.stop();
      return live.finish();
    },
    room: () => Promise.resolve(),
  };
}
