import type { Report } from "../../records/report.ts";
import type { View } from "../reporter.ts";
import { line, type Paint } from "./paint.ts";
import { placeOf } from "./place.ts";
import { clip, wrap } from "./wrap.ts";

/** What looks like a failure and matches no cause: the template with its count, and where it was seen. */
export function unclassifiedBlock({ unclassified }: Report, view: View, paint: Paint): string[] {
  const shown = unclassified.slice(0, MOST);
  const left = unclassified.length - shown.length;
  return [
    paint.bold("unclassified: looks like a failure and matches no known cause"),
    ...shown.flatMap(({ template, count, evidence }) => {
      const places = evidence.map((one) => placeOf(one, view)).join(", ");
      const [first = "", ...more] = wrap(clip(line(template), view.width * 2), view.width - 9);
      return [
        `  ${`${count}×`.padStart(5)}  ${first}`,
        ...more.map((one) => `${" ".repeat(9)}${one}`),
        ...wrap(places, view.width - 9).map((one) => `${" ".repeat(9)}${paint.dim(one)}`),
      ];
    }),
    ...(left > 0 ? [`  and ${left} more templates (--format json has them all)`] : []),
    ...wrap("A cause of your own: misfire classifiers new --from 'TEXT'", view.width - 2).map(
      (one) => `  ${paint.dim(one)}`,
    ),
  ];
}

const MOST = 30;
