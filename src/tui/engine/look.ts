import { judge, namesOf, showRun, type Judged, type JudgedRun, type RunView } from "../../compare-tools.ts";
import type { Finding, Report, Run } from "../../index.ts";
import type { EachIncident } from "../../records/report.ts";
import type { Span } from "../../records/records.ts";

/** What can be looked at: an analyzer, or a live one. */
export interface Judgeable {
  report(each?: EachIncident): Report;
  runs(): Run[];
}

export interface Looked {
  report: Report;
  times: Map<string, number[]>;
  runs(): readonly RunView[];
}

const MOST_RUNS = 2_000;
const MOST_TIMES = 2_000;

/**
 * Gives the report, when each incident was seen, and the runs and calls behind it: these only when they are asked for, and
 * those that did not change are not read again.
 */
export function createLook(): (the: Judgeable, spans: Spans) => Looked {
  let known = new Map<string, { sign: string; view: RunView }>();

  function viewsOf(judged: Judged, spans: Spans): RunView[] {
    const next: typeof known = new Map();
    const views = judged.runs.slice(-MOST_RUNS).map((run) => {
      const own = spans.of(run.run === null ? [run.id] : namesOf(run.run));
      const sign = signOf(run, own);
      const before = known.get(run.id);
      const view = before?.sign === sign ? before.view : showRun(run, judged, own, spans.dropped);
      next.set(run.id, { sign, view });
      return view;
    });
    known = next;
    return views;
  }

  return (the, spans) => {
    const seen: Parameters<EachIncident>[] = [];
    const report = the.report((...one) => void seen.push(one));
    const times = new Map(seen.map(([{ id }, findings]) => [id, timesOf(findings)]));
    let views: RunView[] | null = null;
    return {
      report,
      times,
      runs() {
        if (views !== null) return views;
        const again = (each?: EachIncident): Report => {
          for (const one of seen) each?.(...one);
          return report;
        };
        return (views = viewsOf(judge({ report: again, runs: () => the.runs() }).judged, spans));
      },
    };
  };
}

interface Spans {
  of(traceIds: Iterable<string>): Span[];
  readonly dropped: number;
}

function timesOf(findings: readonly Finding[]): number[] {
  return findings.slice(-MOST_TIMES).flatMap(({ time }) => (time === null ? [] : [Number(time / 1_000_000n)]));
}

/** Another one when something came to the run. */
function signOf({ run, causes, recovered, calls }: JudgedRun, spans: readonly Span[]): string {
  const parts = calls.reduce((n, { call }) => n + call.results.length + call.executions.length, 0);
  const failed = calls.reduce((n, one) => n + (one.failed ? 1 : 0), 0);
  return [
    spans.length,
    run?.turns.length,
    calls.length,
    parts,
    failed,
    ...causes,
    "-",
    ...recovered,
    run?.ended?.outcome,
  ].join();
}
