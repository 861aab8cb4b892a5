import type { LogRecord } from "../../../records/records.ts";

/** One envelope taken off a record. Absent members: the envelope says nothing about them. */
export interface Peeled {
  /** The message, with all lines that followed. */
  text: string;
  /** For each line of `text`, the index of its line in the peeled input; absent: line for line the same. */
  lineOf?: number[];
  time?: bigint | null;
  level?: LogRecord["level"];
  logger?: string | null;
  exception?: string | null;
  fields?: Record<string, unknown>;
  /** Name and kind where one reader knows several envelopes. */
  name?: string;
  kind?: Envelope["kind"];
}

/** One form of log line or document (or a close family). */
export interface Envelope {
  readonly name: string;
  /**
   * "transport": carries what a process wrote, so any envelope may be inside (docker, syslog, Lambda).
   * "record": a logger's own line; inside only a JSON object is taken for one more envelope.
   */
  readonly kind: "transport" | "record";
  /** Kinds of first character it can start with, to be cheap on all other text (`firstKind`). */
  readonly first: readonly FirstKind[];
  peel(text: string): Peeled | null;
}

export type FirstKind = "digit" | "upper" | "lower" | "[" | "{" | "<" | " " | "other";

/** The kind of the first character, which chooses the envelopes that are tried. */
export function firstKind(text: string): FirstKind {
  const code = text.charCodeAt(0);
  if (code >= 48 && code <= 57) return "digit";
  if (code >= 65 && code <= 90) return "upper";
  if (code >= 97 && code <= 122) return "lower";
  if (code === 91) return "[";
  if (code === 123) return "{";
  if (code === 60) return "<";
  return code === 32 || code === 9 ? " " : "other";
}

/** The first line, and where the rest begins (its line break included). */
export function firstLine(text: string): string {
  const end = text.indexOf("\n");
  return end === -1 ? text : text.slice(0, end);
}
