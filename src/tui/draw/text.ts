import { line } from "../../reporters/text/paint.ts";
import { padEnd, widthOf } from "../../reporters/text/width.ts";
import { clip } from "../../reporters/text/wrap.ts";

/** A text of the input in exactly so many columns. */
export function cell(text: string, width: number): string {
  return width <= 0 ? "" : padEnd(clip(line(text), width), width);
}

/** The end of it in exactly so many columns: of a path the last parts. */
export function end(text: string, width: number): string {
  const chars = [...line(text)];
  let left = width;
  let from = chars.length;
  while (from > 0 && left - widthOf(chars[from - 1]!) >= (from > 1 ? 1 : 0)) left -= widthOf(chars[--from]!);
  return padEnd(`${from > 0 ? "…" : ""}${chars.slice(from).join("")}`, width);
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
