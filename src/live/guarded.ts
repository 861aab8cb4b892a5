import { version, type Report } from "../index.ts";
import type { Live, LiveSource } from "./live.ts";

/**
 * The same watch, that never throws: a fault of the analysis must not end what it watches. `failed` is told of the first
 * one; all are counted in the report.
 */
export function guarded(live: Live, failed: (error: Error) => void): Live {
  let faults = 0;
  let last: Report = EMPTY;

  function attempt<T>(what: () => T, otherwise: T): T {
    try {
      return what();
    } catch (error) {
      if (faults++ === 0) failed(error as Error);
      return otherwise;
    }
  }

  function counted(report: Report): Report {
    last = report;
    if (faults === 0) return report;
    const { coverage } = report;
    return { ...report, coverage: { ...coverage, dropped: { ...coverage.dropped, "analysis failed": faults } } };
  }

  function guardSource(source: LiveSource): LiveSource {
    return {
      push: (bytes) => attempt(() => source.push(bytes), undefined),
      end: () => attempt(() => source.end(), undefined),
    };
  }

  return {
    source: (...given) => guardSource(live.source(...given)),
    otlp: (batch) => attempt(() => live.otlp(batch), { accepted: 0, rejected: 0, metrics: 0, reason: null }),
    missed: live.missed,
    judge: (each) => counted(attempt(() => live.judge(each), last)),
    runs: () => attempt(() => live.runs(), []),
    report: () => counted(attempt(() => live.report(), last)),
    finish: () => counted(attempt(() => live.finish(), last)),
    get openRuns() {
      return live.openRuns;
    },
  };
}

const EMPTY: Report = {
  schema: "misfire.report/1",
  version,
  verdict: "no-agent-data",
  sources: [],
  incidents: [],
  unclassified: [],
  totals: { requested: 0, answered: 0, failed: 0, recovered: 0 },
  coverage: { records: 0, spans: 0, dialects: [], dropped: {}, skipped: [], notes: [] },
};
