import type { Run, ToolCall } from "./call.ts";
import type { Finding } from "./finding.ts";
import type { Traces } from "./trace.ts";

/** All that detectors may look at. Written against calls and runs alone, never against a dialect's own form. */
export interface Case {
  calls: readonly ToolCall[];
  runs: readonly Run[];
  /** Empty where nothing was traced. */
  traces: Traces;
}

/** One structural cause (or a few of one kind). */
export interface Detector {
  readonly name: string;
  /** Classifier ids that it may report; each lists the detector in its YAML file. */
  readonly reports: readonly string[];
  /** Null when it can run on this case, else the reason it cannot, naming the attribute that is missing. */
  skip(the: Case): string | null;
  detect(the: Case): Finding[];
  /** It holds runs against each other: runs that are no longer kept are missed. */
  readonly acrossRuns?: true;
  /** What it saw and could not judge, for the notes of the report; null for nothing. */
  unsure?(the: Case): string | null;
}
