import {
  decodeOtlp,
  type AnalyzerOptions,
  type Finding,
  type OtlpBatch,
  type OtlpDecoded,
  type Report,
  type Run,
} from "../index.ts";
import { mergeReports } from "../merge-reports.ts";
import type { Sink } from "../records/format.ts";
import type { EachIncident } from "../records/report.ts";
import { createByteSource, type ByteSource } from "./byte-source.ts";
import { createChanges, type Change } from "./changes.ts";
import { createEpoch, OTLP, type Epoch } from "./epoch.ts";
import { createOpenRuns } from "./open-runs.ts";
import { shifted, type Bases } from "./shift.ts";

export interface LiveOptions {
  analyzer: AnalyzerOptions;
  /** A run is over when nothing came for so long. */
  idleMs: number;
  changed: (change: Change) => void;
  /** Monotonic milliseconds. */
  now: () => number;
  limits?: Partial<typeof LIMITS>;
}

/** A watch without end over several sources: judged as it goes, in bounded memory. */
export interface Live {
  /** A source of bytes; without `format` it is told by the first lines. `from`: what of it was read before, for the places. */
  source(name: string, format?: string, from?: { bytes: number; lines: number }): LiveSource;
  otlp(batch: OtlpBatch): OtlpDecoded | null;
  /** Something went by unread: counted in the report. */
  missed(reason: string): void;
  /** Looks at what came since the last look, tells what changed, and gives the report; `each` is told of the findings behind it. */
  judge(each?: EachIncident): Report;
  /** Runs and calls since the last epoch began. */
  runs(): Run[];
  /** Ends all sources and gives the last report. */
  finish(): Report;
  report(): Report;
  readonly openRuns: number;
}

export interface LiveSource {
  push(bytes: Uint8Array): void;
  end(): void;
}

/** An epoch ends after so many spans and logs, or bytes of text; so many records of open runs go over into the next. */
const LIMITS = { records: 50_000, bytes: 64 << 20, open: 20_000 };
const QUIET_MS = 300;

export function createLive({ analyzer: options, idleMs, changed, now, limits }: LiveOptions): Live {
  const most = { ...LIMITS, ...limits };
  const maxEvidence = options.maxEvidence ?? 10;
  const runs = createOpenRuns(most.open);
  const changes = createChanges();
  const sources = new Map<string, ByteSource>();
  const bases = new Map<string, { lines: number; bytes: number }>();
  let basesOfEpoch: Bases = new Map();
  const missing = new Map<string, number>();
  let past: Report | null = null;
  let [records, bytes] = [0, 0];
  let epoch = begin();

  function begin(): Epoch {
    return createEpoch(options, isSettled);
  }

  function isSettled({ scope }: Finding): boolean {
    if (scope.traceId !== null) return !runs.isOpen(scope.traceId);
    const known = sources.get(scope.source);
    return known === undefined || known.ended || now() - known.last > idleMs;
  }

  function rotate(): void {
    const over = new Set(runs.all().map(({ traceId }) => traceId));
    for (const { name, lines, bytes: read, ended } of sources.values())
      if (!ended) bases.set(name, { lines, bytes: read });
    epoch.end();
    past = merged(epoch.report(over));
    epoch = begin();
    basesOfEpoch = new Map([...bases].map(([name, base]) => [name, { ...base }]));
    [records, bytes] = [0, 0];
    for (const run of runs.all()) epoch.carryOver(run.spans, run.logs);
  }

  function merged(report: Report): Report {
    const own = shifted(report, basesOfEpoch);
    return past === null ? own : mergeReports(past, own, maxEvidence);
  }

  function source(name: string, given?: string, from = { bytes: 0, lines: 0 }): LiveSource {
    // places of two files of one name are counted apart
    if (from.bytes > 0 || (bases.get(name)?.bytes ?? 0) > 0) {
      bases.set(name, { ...from });
      rotate();
    }
    const own = createByteSource(name, given ?? null, from, {
      now,
      push(format, block) {
        if (bytes > most.bytes) rotate();
        bytes += block.length;
        epoch.bytes(name, format).push(block);
      },
      end: (format) => epoch.bytes(name, format).end(),
    });
    sources.set(name, own);
    return own;
  }

  function otlp(batch: OtlpBatch): OtlpDecoded | null {
    if (records > most.records) rotate();
    const into = epoch.otlp(OTLP);
    const at = now();
    const sink: Sink = {
      ...into.sink,
      span(span) {
        if (runs.span(span, at)) into.sink.span(span);
        else into.sink.drop("span received twice");
      },
      otelLog(log) {
        into.sink.otelLog(log);
        runs.log(log, at);
      },
    };
    const decoded = decodeOtlp(batch, OTLP, sink);
    if (decoded !== null) {
      into.read(batch.bytes.length);
      records += decoded.accepted;
    }
    return decoded;
  }

  function judge(each?: EachIncident): Report {
    runs.close(now() - idleMs);
    for (const one of sources.values()) if (!one.ended) one.open();
    const report = withMissing(merged(epoch.report(new Set(), each)));
    for (const change of changes.of(report)) changed(change);
    for (const { ended, last, tail } of sources.values()) {
      if (ended || now() - last < QUIET_MS) continue;
      for (const change of changes.early(tail.look(options))) changed(change);
    }
    return report;
  }

  function reported(): Report {
    return withMissing(merged(epoch.report(new Set())));
  }

  function withMissing(report: Report): Report {
    const dropped = { ...report.coverage.dropped, ...Object.fromEntries(missing) };
    return { ...report, coverage: { ...report.coverage, dropped } };
  }

  return {
    source,
    otlp,
    judge,
    runs: () => epoch.analyzer.runs(),
    missed: (reason) => void missing.set(reason, (missing.get(reason) ?? 0) + 1),
    report: reported,
    finish() {
      for (const one of sources.values()) one.end();
      runs.close(Infinity);
      epoch.end();
      const report = reported();
      for (const change of changes.of(report)) changed(change);
      return report;
    },
    get openRuns() {
      return runs.size;
    },
  };
}
