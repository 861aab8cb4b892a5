import type { Json as Row } from "./json/access.ts";

/** What the JSON of one format looks like. */
export interface Shape {
  readonly format: string;
  readonly why: string;
  test(looked: Looked): boolean;
}

/** The first value, its first item (itself when it is no array), and the items or following values seen. */
export interface Looked {
  value: Row;
  item: Row;
  items: Row[];
  array: boolean;
  /** Nothing but JSON follows. */
  pure: boolean;
}

export function shape(format: string, why: string, test: (looked: Looked) => boolean): Shape {
  return { format, why, test };
}
