/**
 * Tells from little whether a span may say anything about agents, so that a reader can leave the others undecoded. A span
 * is quiet when its scope, its name and none of its attributes' keys are asked for, its status has no message and none of
 * its events is an exception. Names and keys come as UTF-8 bytes in [from, to).
 */
export interface SpanFilter {
  scope(name: string): boolean;
  /** The name as text; null when it is asked for. */
  name(bytes: Uint8Array, from: number, to: number): string | null;
  key(bytes: Uint8Array, from: number, to: number): boolean;
}
