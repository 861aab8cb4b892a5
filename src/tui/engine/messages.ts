import type { Incident, OtlpBatch, OtlpDecoded, Report } from "../../index.ts";
import type { RunView } from "../../compare-tools.ts";

/** What the engine is made from: plain data, since it lives on a thread of its own. */
export type EngineOptions = {
  /** Folders and files of classifiers. */
  classifiers: readonly string[];
  maxEvidence: number;
  /** Nanoseconds since 1970; findings outside of it do not count. */
  window: { since: bigint | null; until: bigint | null } | null;
  format: string | null;
} & ({ kind: "files"; paths: readonly string[] } | { kind: "live"; idleMs: number });

/** From the screen to the engine. */
export type ToEngine =
  /** The last update is shown: another may come. */
  | { type: "got" }
  /** The runs are looked at. */
  | { type: "want-runs" }
  /** One run with its spans and all that its calls said. */
  | { type: "want-run"; id: string }
  | { type: "stop" }
  | { type: "open"; source: number; name: string; format: string | null; from: { bytes: number; lines: number } | null }
  | { type: "push"; source: number; block: Uint8Array }
  | { type: "end"; source: number }
  | { type: "otlp"; call: number; batch: OtlpBatch }
  | { type: "missed"; reason: string }
  | { type: "report" | "finish"; call: number };

/** From the engine to the screen. */
export type FromEngine =
  | { type: "update"; update: Update }
  | { type: "run"; id: string; run: RunView | null }
  | { type: "answer"; call: number; value: Report | OtlpDecoded | null }
  /** So many bytes of what was pushed have been read. */
  | { type: "taken"; bytes: number }
  /** A fault of the analysis, which goes on. */
  | { type: "fault"; stack: string }
  | { type: "reading"; reading: { name: string; read: number; size: number | null } | null }
  | { type: "problem"; text: string; isUnreadable: boolean }
  /** Lines of a file that can be read again: first line and first byte of each new stretch, in pairs. */
  | { type: "grown"; path: string; starts: Float64Array; lines: number; bytes: number; endsOpen: boolean }
  /** Whole lines of a source that cannot. */
  | { type: "text"; name: string; block: Uint8Array };

/** What changed since the update before. A large one comes in parts, so that no key has to wait for it. */
export interface Update {
  isLast: boolean;
  head: Head | null;
  /** Those that changed, with the milliseconds since 1970 of their findings. */
  incidents: [Incident, Float64Array][];
  /** Ids of all runs in their order; null: as before. */
  runOrder: string[] | null;
  /** Those that changed, in brief. */
  runs: RunView[];
}

export interface Head {
  report: Omit<Report, "incidents">;
  /** Ids of all incidents in their order. */
  order: string[];
  /** Incidents that came while one was looking. */
  arrived: string[];
  openRuns: number;
}

export type Post = (message: FromEngine, transfer?: ArrayBuffer[]) => void;

/** The side of the analysis. */
export interface Engine {
  take(message: ToEngine): void;
}
