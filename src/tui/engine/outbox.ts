import type { Incident } from "../../index.ts";
import type { RunView } from "../../compare-tools.ts";
import { brief } from "./brief.ts";
import type { Head, Update } from "./messages.ts";

/** Sends what changed in small parts, each when the one before is shown. */
export interface Outbox {
  /** Must not be busy. */
  put(news: News): void;
  /** The last part is shown. */
  got(): void;
  readonly isBusy: boolean;
  /** When all that was put is shown. */
  idle(): Promise<void>;
}

export interface News {
  head: Head | null;
  incidents: readonly Incident[];
  times: ReadonlyMap<string, readonly number[]>;
  /** Null: nobody looks at them. */
  runs: readonly RunView[] | null;
}

/** Evidence and calls in one part: about a millisecond to read. */
const MOST = 300;

export function createOutbox(post: (update: Update) => void): Outbox {
  let sentIncidents = new Map<string, string>();
  let sentRuns = new Map<string, RunView>();
  let waiting: Update[] = [];
  let isBusy = false;
  let wake: (() => void)[] = [];

  function next(): void {
    const update = waiting.shift();
    isBusy = update !== undefined;
    if (update !== undefined) return post(update);
    for (const one of wake) one();
    wake = [];
  }

  function changedIncidents({ head, incidents, times }: News): Update["incidents"] {
    if (head === null) return [];
    const signs = new Map(incidents.map((one) => [one.id, signOf(one)]));
    const changed = incidents.filter(({ id }) => sentIncidents.get(id) !== signs.get(id));
    sentIncidents = signs;
    return changed.map((one) => [one, Float64Array.from(times.get(one.id) ?? [])]);
  }

  return {
    put(news) {
      const { runs } = news;
      const parts = partsOf(
        changedIncidents(news).map((one): Item => ({ incident: one, weight: 1 + one[0].evidence.length })),
        (runs ?? [])
          .filter((run) => sentRuns.get(run.id) !== run)
          .map((run): Item => ({ run: brief(run), weight: 1 + run.calls.length })),
      );
      if (runs !== null) sentRuns = new Map(runs.map((run) => [run.id, run]));
      waiting = parts.map((part, n) => ({
        isLast: n === parts.length - 1,
        head: n === 0 ? news.head : null,
        runOrder: n === 0 && runs !== null ? runs.map(({ id }) => id) : null,
        ...part,
      }));
      next();
    },
    got: next,
    get isBusy() {
      return isBusy;
    },
    idle: () => (isBusy ? new Promise((resolve) => wake.push(resolve)) : Promise.resolve()),
  };
}

interface Item {
  incident?: Update["incidents"][number];
  run?: RunView;
  weight: number;
}

/** At least one. */
function partsOf(...lists: Item[][]): Pick<Update, "incidents" | "runs">[] {
  const parts: Pick<Update, "incidents" | "runs">[] = [{ incidents: [], runs: [] }];
  let weight = 0;
  for (const { incident, run, weight: own } of lists.flat()) {
    if (weight > 0 && weight + own > MOST) {
      parts.push({ incidents: [], runs: [] });
      weight = 0;
    }
    weight += own;
    if (incident !== undefined) parts.at(-1)!.incidents.push(incident);
    if (run !== undefined) parts.at(-1)!.runs.push(run);
  }
  return parts;
}

/** Another one when something that is shown changed. */
function signOf(one: Incident): string {
  const { count, last, severity, modifiers, causedBy, consequences, evidence, runs, agents, models, call } = one;
  return [
    count,
    last,
    severity,
    modifiers.join(),
    causedBy,
    consequences.join(),
    evidence.length,
    evidence[0]?.line,
    runs.length,
    agents.length,
    models.length,
    call === null,
    one.title,
    one.cause,
    one.fix.summary,
  ].join("\u0000");
}
