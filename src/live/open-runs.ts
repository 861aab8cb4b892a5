import type { OtelLog, Span } from "../records/records.ts";

/**
 * The traces that may still grow. Their records are kept, so that an epoch can begin with the runs that the last one left
 * unfinished; bounded by number of records, the trace that was quiet longest goes first.
 */
export interface OpenRuns {
  /** False when the trace has that span already: a sender that got no answer sends again. */
  span(span: Span, now: number): boolean;
  log(log: OtelLog, now: number): void;
  /** Is the trace known, and did it get a record less than `idleMs` ago? */
  isOpen(traceId: string): boolean;
  /** Closes what has been quiet since `before`; gives how many. */
  close(before: number): number;
  all(): MapIterator<OpenRun>;
  readonly size: number;
}

export interface OpenRun {
  traceId: string;
  spans: Span[];
  ids: Set<string>;
  logs: OtelLog[];
  last: number;
}

export function createOpenRuns(most: number): OpenRuns {
  const runs = new Map<string, OpenRun>();
  let held = 0;

  function touch(traceId: string, now: number): OpenRun {
    const run = runs.get(traceId) ?? { traceId, spans: [], ids: new Set(), logs: [], last: now };
    run.last = now;
    // the order of the map is that of the last record
    runs.delete(traceId);
    runs.set(traceId, run);
    return run;
  }

  function forget(run: OpenRun): void {
    runs.delete(run.traceId);
    held -= run.spans.length + run.logs.length;
  }

  function bound(): void {
    while (held > most) {
      const oldest = runs.values().next().value;
      if (oldest === undefined) return;
      forget(oldest);
    }
  }

  return {
    span(span, now) {
      const run = touch(span.traceId, now);
      if (run.ids.has(span.spanId)) return false;
      run.ids.add(span.spanId);
      run.spans.push(span);
      held++;
      bound();
      return true;
    },
    log(log, now) {
      if (log.traceId === null) return;
      touch(log.traceId, now).logs.push(log);
      held++;
      bound();
    },
    isOpen: (traceId) => runs.has(traceId),
    close(before) {
      let closed = 0;
      for (const run of runs.values()) {
        if (run.last > before) break;
        forget(run);
        closed++;
      }
      return closed;
    },
    all: () => runs.values(),
    get size() {
      return runs.size;
    },
  };
}
