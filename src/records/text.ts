import type { Evidence, Scope } from "./evidence.ts";

/** Where a text stands in the life of a run. A signature says in which of these it may match. */
export const PLACES = [
  /** a printed line or a log record's own message */
  "log",
  /** a traceback, stack, or exception event */
  "exception",
  /** what a tool returned, or what the framework put in its place */
  "tool-result",
  /** the refusal of a model call: HTTP error body, error of a model span */
  "model-error",
  /** what the model wrote for people */
  "model-text",
  /** raw arguments of a call */
  "arguments",
  /** a span's status description, a run's stop reason */
  "status",
] as const;
export type Place = (typeof PLACES)[number];

/** A text that signatures look at. Dialects make them; a log record that no dialect claims becomes one too. */
export interface Text {
  place: Place;
  text: string;
  /** true: an explicit flag says that this is an error; false: a flag says it is none; null: no flag. */
  flagged: boolean | null;
  /** What it tells of was overcome, as the record itself shows. */
  recovered?: true;
  /** `excerpt` and `highlight` are filled in by the matcher. */
  evidence: Evidence;
  scope: Scope;
  time: bigint | null;
  tool: string | null;
  callId: string | null;
  /** Literals known to occur (from the scanner); null: not scanned. */
  hits: ReadonlySet<number> | null;
  /** Source line of each line of `text`; null when they are consecutive or there are none. */
  lines: number[] | null;
  /** Where the lines of the source begin in `text`, when it was joined from them. */
  breaks?: number[];
  /** Lower-case level of the log record, if any: a DEBUG or INFO line is weaker evidence. */
  level: string | null;
}
