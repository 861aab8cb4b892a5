import { logDialects } from "./dialects/logs.ts";
import { exchangeDialects } from "./dialects/exchanges.ts";
import { otelLogDialects } from "./dialects/otel-logs.ts";
import { spanDialects } from "./dialects/spans.ts";
import { spanFilter } from "./dialects/span-filter.ts";
import { parseYaml } from "./lazy-yaml.ts";
import type { Emit, SpanDialect } from "./records/dialect.ts";
import type { Sink } from "./records/format.ts";
import type { Literals } from "./records/prefilter.ts";
import type { QuietSpans } from "./records/quiet-spans.ts";
import type { LogRecord, Span } from "./records/records.ts";

/** What the intake tells beside facts and texts: which dialect spoke, and what no dialect claimed. */
export interface Heard {
  dialect(name: string): void;
  unclaimed(record: LogRecord): void;
  /** Agents are at work around this line. */
  mark(stream: string | null, line: number): void;
  record(): void;
  span(span: Span): void;
  /** Spans that no dialect reads come here, their places and times alone; where it is missing all come whole. */
  quiet?: (spans: QuietSpans) => void;
  drop(reason: string, count: number): void;
  note(text: string): void;
}

/** The way of one source's records through the dialects. */
export function openIntake(literals: Literals, emit: Emit, heard: Heard): Sink {
  const readers = logDialects.map((d) => ({
    name: d.name,
    ids: d.literals.map((l) => literals.id(l)!),
    reader: d.open(),
  }));

  /** A fault of ours costs what this dialect says of one record, not the source. */
  function guarded<T>(name: string, read: () => T): T | null {
    try {
      return read();
    } catch (error) {
      failed(name, error);
      return null;
    }
  }

  function failed(name: string, error: unknown): void {
    heard.drop(`record that the dialect ${name} failed on`, 1);
    heard.note(`dialect ${name} failed: ${error instanceof Error ? error.message : String(error)}`);
  }

  return {
    log(record) {
      heard.record();
      for (const { name, ids, reader } of readers) {
        if (!concerns(ids, record)) continue;
        const verdict = guarded(name, () => reader.read(record, emit)) ?? "none";
        if (verdict === "none") continue;
        heard.dialect(name);
        if (verdict === "claimed") return;
      }
      heard.unclaimed(record);
    },
    span(span) {
      heard.span(span);
      let dialect: SpanDialect | null = null;
      try {
        dialect = bestFor(span);
        if (dialect === null) return;
        heard.dialect(dialect.name);
        dialect.read(span, emit);
      } catch (error) {
        failed(dialect?.name ?? "of spans", error);
      }
    },
    ...(heard.quiet === undefined ? {} : { quiet: { filter: spanFilter, spans: heard.quiet } }),
    otelLog(log) {
      heard.record();
      for (const dialect of otelLogDialects) {
        if (guarded(dialect.name, () => dialect.read(log, emit)) !== true) continue;
        heard.dialect(dialect.name);
        return;
      }
    },
    exchange(exchange) {
      heard.record();
      for (const dialect of exchangeDialects) {
        heard.dialect(dialect.name);
        guarded(dialect.name, () => dialect.read(exchange, emit));
      }
    },
    mark: (stream, line) => heard.mark(stream, line),
    drop: (reason, count = 1) => heard.drop(reason, count),
    note: (text) => heard.note(text),
    yaml: parseYaml,
  };
}

function concerns(ids: number[], record: LogRecord): boolean {
  const { hits } = record;
  return hits === null || ids.some((id) => hits.has(id));
}

function bestFor(span: Span): SpanDialect | null {
  let [best, top]: [SpanDialect | null, number] = [null, 0];
  for (const dialect of spanDialects) {
    const score = dialect.score(span);
    if (score > top) [best, top] = [dialect, score];
  }
  return best;
}
