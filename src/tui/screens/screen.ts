import type { Paint } from "../../reporters/text/paint.ts";
import type { Snapshot } from "../feed/snapshot.ts";
import type { Matches } from "../filter.ts";
import type { LineFilter } from "../logs/line-filter.ts";
import type { Rows } from "../rows.ts";

/** What a screen is drawn from. */
export interface Scene {
  snapshot: Snapshot;
  /** The incident, run or call that it is about. */
  subject: string;
  width: number;
  height: number;
  paint: Paint;
  color: boolean;
  /** Null: no filter. */
  matches: Matches | null;
  /** As it was typed. */
  filter: string;
  /** Finds the lines that pass it. */
  lineFilter: LineFilter;
  /** Which calls: all, failed, masked, recovered, unanswered. */
  kind: string;
  /** It stands beside a list. */
  isPreview: boolean;
  /** New incidents that were looked at. */
  seen: ReadonlySet<string>;
  /** Incidents whose consequences are shown. */
  unfolded: ReadonlySet<string> | "all";
  /** The order in which incidents were shown; others go behind them. */
  order: readonly string[];
}

/** A screen: lines that stay at the top, and rows. */
export interface Drawn {
  head: readonly string[];
  rows: Rows;
}

export type Screen = (scene: Scene) => Drawn;
