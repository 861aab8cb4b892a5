import { createAnalyzer, type Analyzer, type AnalyzerOptions, type Finding, type Report } from "../index.ts";
import type { Sink } from "../records/format.ts";
import type { OtelLog, Span } from "../records/records.ts";
import type { EachIncident } from "../records/report.ts";

/**
 * A stretch of a long watch: one analyzer, used until it has read so much that the next one begins. What only absence shows
 * (`unanswered`) counts once its run is closed; of runs that go over into the next epoch nothing counts here.
 */
export interface Epoch {
  readonly analyzer: Analyzer;
  /** A text source; opened at the first call. */
  bytes(name: string, format: string): { push(bytes: Uint8Array): void; end(): void };
  /** A source of records of the OTLP receiver. */
  otlp(name: string): { sink: Sink; read(bytes: number): void };
  /** Records of runs that go on, which the epoch before has counted. */
  carryOver(spans: readonly Span[], logs: readonly OtelLog[]): void;
  /** The report so far; `over`: traces that are left to the next epoch. */
  report(over: ReadonlySet<string>, each?: EachIncident): Report;
  end(): void;
}

export type IsSettled = (finding: Finding) => boolean;

export function createEpoch(options: AnalyzerOptions, isSettled: IsSettled): Epoch {
  const keep = options.keep ?? (() => true);
  let leftOver: ReadonlySet<string> = new Set();
  const analyzer = createAnalyzer({
    ...options,
    keep: (finding) =>
      !leftOver.has(finding.scope.traceId ?? "") &&
      (!BY_ABSENCE.has(finding.by) || isSettled(finding)) &&
      keep(finding),
  });
  const sources = new Map<string, { push(bytes: Uint8Array): void; end(): void }>();
  const receivers = new Map<string, { sink: Sink; read(bytes: number): void }>();

  const carried = { spans: 0, records: 0 };

  return {
    analyzer,
    bytes(name, format) {
      const known = sources.get(name);
      if (known !== undefined) return known;
      const opened = analyzer.source(name, format);
      const source = {
        push: (block: Uint8Array) => opened.push(block),
        end() {
          if (sources.delete(name)) opened.end();
        },
      };
      sources.set(name, source);
      return source;
    },
    otlp(name) {
      const known = receivers.get(name) ?? analyzer.records(name, "otlp");
      receivers.set(name, known);
      return known;
    },
    carryOver(spans, logs) {
      const { sink } = this.otlp(OTLP);
      for (const span of spans) sink.span(span);
      for (const log of logs) sink.otelLog(log);
      carried.spans += spans.length;
      carried.records += logs.length;
    },
    report(over, each) {
      leftOver = over;
      const report = withoutCarried(analyzer.report(each), carried);
      leftOver = new Set();
      if (over.size === 0) return report;
      const calls = analyzer.calls().filter(({ scope }) => !over.has(scope.traceId ?? ""));
      const failed = calls.filter(({ life }) => Object.values(life).includes("failed")).length;
      return {
        ...report,
        totals: {
          requested: calls.filter(({ requested }) => requested).length,
          answered: calls.filter(({ results }) => results.length > 0).length,
          failed,
          recovered: report.totals.recovered,
        },
      };
    },
    end() {
      for (const source of sources.values()) source.end();
    },
  };
}

/** Detectors that judge by what is missing: in a run that still goes on it may yet come. */
const BY_ABSENCE = new Set(["detector:unanswered"]);

/** The one source of the receiver. */
export const OTLP = "otlp";

function withoutCarried(report: Report, { spans, records }: { spans: number; records: number }): Report {
  if (spans === 0 && records === 0) return report;
  const { coverage } = report;
  return {
    ...report,
    sources: report.sources.map((source) =>
      source.name === OTLP ? { ...source, spans: source.spans - spans, records: source.records - records } : source,
    ),
    coverage: { ...coverage, spans: coverage.spans - spans, records: coverage.records - records },
  };
}
