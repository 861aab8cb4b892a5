import { line } from "../../reporters/text/paint.ts";
import { padEnd, widthOf } from "../../reporters/text/width.ts";
import { clip } from "../../reporters/text/wrap.ts";

/** A text of the input in exactly so many columns. */
export function cell(text: string, width: number): string {
  return width <= 0 ? "" : padEnd(clip(line(text), width), width);
}

/** The same at the right. */
export function right(text: string, width: number): string {
  const shown = clip(line(text), width);
  return " ".repeat(Math.max(0, width - widthOf(shown))) + shown;
}

/** `3 s ago`, as one looks at it; `-` without a time. */
export function clock(iso: string | null): string {
  return iso === null ? "-" : iso.slice(11, 19);
}
