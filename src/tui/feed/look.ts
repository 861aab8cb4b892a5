import { judge, namesOf, showRun, type Judged, type RunView } from "../../compare-tools.ts";
import type { Report, Run } from "../../index.ts";
import type { EachIncident } from "../../records/report.ts";
import type { Span } from "../../records/records.ts";

/** What can be looked at: an analyzer, or a live one. */
export interface Judgeable {
  report(each?: EachIncident): Report;
  runs(): Run[];
}

export interface Looked {
  report: Report;
  judged: Judged;
  times: Map<string, number[]>;
  runs: RunView[];
}

const MOST_RUNS = 2_000;
const MOST_TIMES = 2_000;

/** The report with the runs and calls behind it, and when each incident was seen. */
export function look(
  the: Judgeable,
  spans: { of(traceIds: Iterable<string>): Span[]; readonly dropped: number },
): Looked {
  const times = new Map<string, number[]>();
  const { report, judged } = judge({
    report: (each) =>
      the.report((incident, findings) => {
        each?.(incident, findings);
        times.set(
          incident.id,
          findings.slice(-MOST_TIMES).flatMap(({ time }) => (time === null ? [] : [Number(time / 1_000_000n)])),
        );
      }),
    runs: () => the.runs(),
  });
  const runs = judged.runs.slice(-MOST_RUNS).map((run) => {
    const ids = run.run === null ? new Set([run.id]) : namesOf(run.run);
    return showRun(run, judged, spans.of(ids), spans.dropped);
  });
  return { report, judged, times, runs };
}
