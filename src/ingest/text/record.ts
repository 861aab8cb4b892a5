import { scopeOf } from "../../records/evidence.ts";
import type { LogRecord } from "../../records/records.ts";
import { unwrap } from "./envelopes/unwrap.ts";
import type { Line } from "./line.ts";

/** A framed record as the neutral form has it. */
export function recordOf(source: string, lines: readonly Line[], hits: ReadonlySet<number> | null): LogRecord {
  const texts: string[] = [];
  const numbers: number[] = [];
  let cut = false;
  for (const line of lines) {
    if (cut) texts[texts.length - 1] += line.text;
    else {
      texts.push(line.text);
      numbers.push(line.number);
    }
    cut = line.partial;
  }
  const first = lines[0]!;
  const { text, exception, lineOf, time, level, logger, fields, envelopes, ids } = unwrap(texts.join("\n"));
  const { callId: _callId, tool: _tool, ...scope } = ids;
  return {
    line: first.number,
    byteOffset: first.start,
    byteLength: lines.at(-1)!.end - first.start,
    time: time ?? first.time,
    level: level ?? first.level,
    logger,
    text,
    exception,
    lines: lineOf.map((index) => numbers[index] ?? first.number),
    fields,
    envelopes: first.envelopes.length === 0 ? envelopes : [...first.envelopes, ...envelopes],
    hits,
    truncated: false,
    scope: scopeOf(source, { stream: first.stream, ...scope }),
  };
}
