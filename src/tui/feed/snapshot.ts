import type { RunView } from "../../compare-tools.ts";
import type { Report } from "../../index.ts";
import type { Lines } from "../logs/lines.ts";

/** All that the screens show, at one moment. */
export interface Snapshot {
  /** Another one for each snapshot. */
  version: number;
  /** Another one when the report or the runs are others. */
  data: number;
  report: Report;
  /** Milliseconds since 1970 of the findings of each incident, as far as they have times. */
  times: ReadonlyMap<string, ArrayLike<number>>;
  lines: Lines;
  /** The runs with their calls in brief, without spans and secrets. */
  runs(): readonly RunView[];
  /** The whole run of an id or trace; null: it is on its way, undefined: it is not kept. */
  run(id: string): RunView | null | undefined;
  /** Incidents that came while one was looking. */
  arrived: ReadonlySet<string>;
  status: Status;
}

export interface Status {
  /** Null when all has been read. */
  reading: { name: string; read: number; size: number | null } | null;
  /** Null for files that are only read once. */
  live: {
    where: string;
    bytesPerSecond: number;
    spansPerSecond: number;
    openRuns: number;
    connections: number | null;
  } | null;
  /** Inputs that could not be read, and the like. */
  problems: readonly string[];
  /** Lines of a stream that are not kept any more. */
  droppedLines: number;
}

/** Where snapshots come from. */
export interface Feed {
  snapshot(): Snapshot;
  /** Is called when there is another one. */
  subscribe(changed: () => void): () => void;
  stop(): void;
}
