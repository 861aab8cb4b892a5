import type { Report } from "../../records/report.ts";
import type { View } from "../reporter.ts";
import { bytesOf, countOf } from "./numbers.ts";
import { line, type Paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

/** How the inputs were read, what ran, what could not, and what was left out. */
export function verboseBlock({ sources, coverage }: Report, view: View, paint: Paint): string[] {
  const read = sources.map(
    ({ name, format, bytes, records, spans }) =>
      `${line(name)}: ${format}, ${countOf(records, "record")}${spans > 0 ? `, ${countOf(spans, "span")}` : ""}, ${bytesOf(bytes)}`,
  );
  const rows: [string, string[]][] = [
    ["read", read],
    ["dialects", [coverage.dialects.length > 0 ? coverage.dialects.join(", ") : "none understood anything"]],
    ["not run", coverage.skipped.map(({ detector, reason }) => `${detector}: ${reason}`)],
    ["dropped", Object.entries(coverage.dropped).map(([reason, count]) => `${count} × ${reason}`)],
    ["notes", coverage.notes],
  ];
  return rows.flatMap(([label, texts]) =>
    texts
      .slice(0, MOST)
      .flatMap((text) => wrap(line(text), view.width - LABEL - 2))
      .concat(texts.length > MOST ? [`and ${texts.length - MOST} more`] : [])
      .map((one, index) => `  ${index === 0 ? paint.bold(label.padEnd(LABEL)) : " ".repeat(LABEL)}${one}`),
  );
}

const LABEL = 10;
const MOST = 50;
