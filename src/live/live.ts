import {
  decodeOtlp,
  sniff,
  type AnalyzerOptions,
  type Finding,
  type OtlpBatch,
  type OtlpDecoded,
  type Report,
} from "../index.ts";
import type { Sink } from "../records/format.ts";
import { createChanges, type Change } from "./changes.ts";
import { createTail, type Tail } from "./early.ts";
import { createEpoch, OTLP, type Epoch } from "./epoch.ts";
import { countLines, createLineHold } from "./lines.ts";
import { mergeReports } from "./merge.ts";
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
  /** Looks at what came since the last look and tells what changed. */
  judge(): void;
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
/** Bytes from which a format is told; less when they are all that has come for a while. */
const HEAD = 64 * 1024;
const QUIET_MS = 300;

export function createLive({ analyzer: options, idleMs, changed, now, limits }: LiveOptions): Live {
  const most = { ...LIMITS, ...limits };
  const maxEvidence = options.maxEvidence ?? 10;
  const runs = createOpenRuns(most.open);
  const changes = createChanges();
  const states = new Map<string, State>();
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
    const state = states.get(scope.source);
    return state === undefined || state.ended || now() - state.last > idleMs;
  }

  function rotate(): void {
    const over = new Set(runs.all().map(({ traceId }) => traceId));
    for (const state of states.values()) if (!state.ended) changesBase(state);
    epoch.end();
    past = merged(epoch.report(over));
    epoch = begin();
    basesOfEpoch = new Map([...bases].map(([name, base]) => [name, { ...base }]));
    [records, bytes] = [0, 0];
    for (const run of runs.all()) epoch.carryOver(run.spans, run.logs);
  }

  function changesBase({ name, lines, bytes: read }: State): void {
    bases.set(name, { lines, bytes: read });
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
    const hold = createLineHold();
    const state: State = {
      name,
      format: given ?? null,
      head: [],
      last: now(),
      lines: from.lines,
      bytes: from.bytes,
      ended: false,
      binary: false,
      tail: createTail(name),
      open,
      end,
    };
    states.set(name, state);

    /** Gives what waited for its format. */
    function open(): void {
      if (state.format !== null || state.head.length === 0) return;
      const head = new Uint8Array(Buffer.concat(state.head));
      state.head = [];
      state.format = sniff(head, false).format;
      state.binary = state.format === "otlp-proto";
      give(head);
    }

    function give(block: Uint8Array): void {
      if (state.format === null) {
        state.head.push(block.slice());
        if (state.head.reduce((n, b) => n + b.length, 0) >= HEAD) open();
        return;
      }
      if (bytes > most.bytes && !states.values().some((s) => s.binary && !s.ended)) rotate();
      bytes += block.length;
      state.lines += countLines(block);
      state.bytes += block.length;
      if (state.format === "text") state.tail.add(block);
      epoch.bytes(name, state.format).push(block);
    }

    function end(): void {
      if (state.ended) return;
      const rest = hold.rest();
      if (rest !== null) give(rest);
      open();
      state.ended = true;
      if (state.format !== null && state.bytes > from.bytes) epoch.bytes(name, state.format).end();
    }

    return {
      push(block) {
        state.last = now();
        if (state.binary) return give(block);
        const whole = hold.take(block);
        if (whole !== null) give(whole);
      },
      end,
    };
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

  function judge(): void {
    runs.close(now() - idleMs);
    for (const state of states.values()) if (!state.ended) state.open();
    const report = merged(epoch.report(new Set()));
    for (const change of changes.of(report)) changed(change);
    for (const { ended, last, tail } of states.values()) {
      if (ended || now() - last < QUIET_MS) continue;
      for (const change of changes.early(tail.look(options))) changed(change);
    }
  }

  function reported(): Report {
    const report = merged(epoch.report(new Set()));
    const dropped = { ...report.coverage.dropped, ...Object.fromEntries(missing) };
    return { ...report, coverage: { ...report.coverage, dropped } };
  }

  return {
    source,
    otlp,
    judge,
    missed: (reason) => void missing.set(reason, (missing.get(reason) ?? 0) + 1),
    report: reported,
    finish() {
      for (const state of states.values()) state.end();
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

interface State {
  name: string;
  format: string | null;
  head: Uint8Array[];
  last: number;
  lines: number;
  bytes: number;
  ended: boolean;
  binary: boolean;
  tail: Tail;
  open: () => void;
  end: () => void;
}
