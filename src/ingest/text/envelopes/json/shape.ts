import type { LevelScale } from "../level.ts";

/** How to tell one JSON log format, and where it keeps what. Names may be paths (`log.level`). */
export interface Shape {
  readonly name: string;
  /** "transport": what a process wrote is inside; "record": a logger's line (see `Envelope`). */
  readonly kind: "transport" | "record";
  /** Keys that must be there, with the type of their value. */
  readonly needs: Readonly<Record<string, "string" | "number" | "object" | "any">>;
  /** And one of these, if given. */
  readonly oneOf?: readonly string[];
  readonly message: readonly string[];
  readonly time: readonly string[];
  readonly level: readonly string[];
  readonly scale?: LevelScale;
  readonly logger: readonly string[];
  /** Objects whose members are the record's own fields (and may hold its message and level). */
  readonly inside?: readonly string[];
  /** Keys that say nothing more once the message, time, level and logger are read. */
  readonly drop?: readonly string[];
}
