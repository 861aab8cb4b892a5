import type { Exchange, LogRecord, OtelLog, Span } from "./records.ts";
import type { QuietSpans } from "./quiet-spans.ts";
import type { SpanFilter } from "./span-filter.ts";

/** What a reader of a format gives out, record by record. */
export interface Sink {
  log(record: LogRecord): void;
  span(span: Span): void;
  /** Where spans that say nothing are not wanted whole: which may say something; the others of a request come together. */
  quiet?: { filter: SpanFilter; spans(spans: QuietSpans): void };
  otelLog(log: OtelLog): void;
  exchange(exchange: Exchange): void;
  /** A literal that only marks a place (`Literals.sparse`) stands in this line of the text. */
  mark?(stream: string | null, line: number): void;
  /** Something was left out: counted and shown (`coverage.dropped`). */
  drop(reason: string, count?: number): void;
  /** A remark for --verbose. */
  note(text: string): void;
  /** Parses YAML, which only recorded cassettes are written in: the parser is loaded when one is read. */
  yaml?(text: string): unknown;
}

/** A source that is being read: bytes in, records out through the sink. Any block sizes give the same records. */
export interface Reader {
  push(bytes: Uint8Array): void;
  end(): void;
  /** Records framed or documents decoded so far. */
  readonly records: number;
}

export interface Format {
  readonly name: string;
  /** How sure this is the format, from the first bytes (up to 64 KiB, or all when shorter): 0 no, 1 maybe, 2 by its shape, 3 by a magic or a name that only it has. */
  sniff(head: Uint8Array, whole: boolean): 0 | 1 | 2 | 3;
  open(source: string, sink: Sink): Reader;
}
