import type { Report } from "../../index.ts";
import type { Change } from "../../live/changes.ts";
import { guarded } from "../../live/guarded.ts";
import { createLive, type Live } from "../../live/live.ts";
import { createPace } from "../../live/pace.ts";
import { builtInPack } from "../../pack.ts";
import { loadClassifiers } from "../../user-packs.ts";
import { inWindow } from "../cases.ts";
import { checkSelection } from "../classifier-ids.ts";
import type { LiveFeed } from "../../tui/feed/live.ts";
import type { Call } from "../call.ts";

/** A live analyzer that looks by itself. `touch` says that data came. */
export interface Watch {
  live: Live;
  touch(): void;
  finish(): Report;
}

/** With a `feed` the terminal app is told what `changed` would be. */
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
  const own = createLive({
    analyzer: {
      classifiers,
      maxEvidence: values["max-evidence"],
      ...(keep && { keep }),
      ...(feed && { spans: feed.span }),
    },
    idleMs,
    changed: feed === null ? changed : feed.change,
    now: () => performance.now(),
  });
  const safe = guarded(own, ({ stack }) =>
    call.io.err(
      `misfire: a fault of the analysis, which goes on as far as it can; please report it with what follows\n${stack}\n`,
    ),
  );
  const live = feed === null ? safe : feed.attach(safe);
  const pace = createPace(() => (feed === null ? live.judge() : feed.look()), idleMs);
  return {
    live,
    touch: pace.touch,
    finish() {
      pace.stop();
      return live.finish();
    },
  };
}
