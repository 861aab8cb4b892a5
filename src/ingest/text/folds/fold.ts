/**
 * What a line is to the record that is open: part of it ("join"), its end ("split"), or one of the two, which the
 * lines to come tell ("maybe": a later "join" takes all lines since, a "split" gives them back).
 */
export type Verdict = "join" | "maybe" | "split";

/** The grammar of one kind of record: is asked for each line that follows the first one. */
export interface Fold {
  /** A fold as the answer joins the line and takes over. */
  step(text: string): Verdict | Fold;
  /** Blocks between rows of stars may be part of it; all other records end before one. */
  readonly holdsStars?: true;
}

/** A record of one line. */
export const SINGLE: Fold = { step: () => "split" };

/** Nothing, or little white space. A long run of spaces is no blank line: rich and indented texts are padded so. */
export function isBlank(text: string): boolean {
  return text.length < PADDING && text.trim() === "";
}

/** Starts with white space, and is not blank. */
export function isIndented(text: string): boolean {
  const code = text.charCodeAt(0);
  return (code === 32 || code === 9) && !isBlank(text);
}

const PADDING = 8;
