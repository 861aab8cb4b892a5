import type { Fact } from "./fact.ts";
import type { Exchange, LogRecord, OtelLog, Span } from "./records.ts";
import type { Text } from "./text.ts";

/** Where a dialect puts what it understood. */
export interface Emit {
  fact(fact: Fact): void;
  /** A text that signatures shall look at, with its place and the call it belongs to. */
  text(text: Text): void;
  /** A remark for --verbose. */
  note?(text: string): void;
}

/**
 * One way of speaking about tool calls, read from log records. `open` is called once per source, since a dialect may
 * need the record before (AutoGen's console blocks).
 */
export interface LogDialect {
  readonly name: string;
  /** Literals (lower case, plain ASCII, at least 4 bytes) one of which every record has that this dialect wants. */
  readonly literals: readonly string[];
  open(): LogDialectReader;
}

export interface LogDialectReader {
  /** "claimed": the record was wholly understood, and its raw text is not matched. "seen": facts were read, the raw text is matched as well. "none": not mine. */
  read(record: LogRecord, emit: Emit): "claimed" | "seen" | "none";
}

/** One way of speaking about tool calls in spans. The highest score reads the span; all dialects' keys may lie on one span. */
export interface SpanDialect {
  readonly name: string;
  score(span: Span): number;
  read(span: Span, emit: Emit): void;
}

export interface OtelLogDialect {
  readonly name: string;
  read(log: OtelLog, emit: Emit): boolean;
}

export interface ExchangeDialect {
  readonly name: string;
  read(exchange: Exchange, emit: Emit): void;
}
