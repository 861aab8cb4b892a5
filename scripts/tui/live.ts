import { readFileSync } from "node:fs";
import type { LiveFeed } from "../../src/tui/feed/live.ts";

/** What is shown of a log that is piped in: what comes, the keys that are pressed then, and how long one looks at it. */
export const LIVE_SCENES: readonly {
  log: string | null;
  causes: number;
  actions: readonly string[];
  seconds: number;
}[] = [
  { log: "samples/healthy-parallel-calls/console.log", causes: 0, actions: [], seconds: 1.5 },
  { log: "samples/signature-mismatch/console.log", causes: 1, actions: [], seconds: 2 },
  { log: "samples/model-without-tools/console.log", causes: 2, actions: [], seconds: 1.5 },
  { log: "samples/result-not-serializable/console.log", causes: 3, actions: [], seconds: 2 },
  { log: null, causes: 3, actions: ["open"], seconds: 4 },
  { log: null, causes: 3, actions: ["go-4", "top", "next-failure"], seconds: 3 },
  { log: null, causes: 3, actions: ["go-3"], seconds: 3 },
];

/** The command that is typed before. */
export const TYPED = ["$ docker logs -f agent 2>&1 | misfire", ""];

/** A pipe into the live feed: gives what takes the next log, and waits until the app knows so many causes. */
export function openPipe(feed: LiveFeed): (log: string | null, causes: number) => Promise<void> {
  const watched = feed.watch(
    { kind: "live", classifiers: [], maxEvidence: 10, window: null, format: null, idleMs: 30_000 },
    (stack) => {
      throw new Error(stack);
    },
  );
  const source = watched.source("-", "text");
  feed.setWhere("reading stdin");
  return async (log, causes) => {
    if (log !== null) source.push(new Uint8Array(readFileSync(log)));
    const known = (): number => feed.snapshot().report.incidents.filter(({ causedBy }) => causedBy === null).length;
    for (let n = 0; n < 200 && (n < 20 || known() < causes); n++)
      await new Promise((resolve) => setTimeout(resolve, 50));
  };
}
