import type { Incident, Report } from "../../records/report.ts";
import type { View } from "../reporter.ts";
import type { Paint } from "./paint.ts";

/** What the parts of a block are made of. */
export interface Part {
  incident: Incident;
  report: Report;
  view: View;
  paint: Paint;
  /** The fix of this classifier stands in a block above. */
  fixShown: boolean;
}

/** Prose is easier to read in lines that are not too long. */
export const PROSE = 110;

/** `  label  text`, the text wrapped under itself. */
export function labelled(label: string, texts: readonly string[], paint: Paint): string[] {
  return texts.map((one, index) =>
    index === 0 ? `  ${paint.bold(label.padEnd(LABEL))}${one}` : `${" ".repeat(LABEL + 2)}${one}`,
  );
}

const LABEL = 7;

/** Columns for a text behind a label; prose stays narrow on wide terminals. */
export function roomFor(view: View, prose: boolean): number {
  return Math.max(20, (prose ? Math.min(view.width, PROSE) : view.width) - LABEL - 2);
}
