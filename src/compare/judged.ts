import { recoveredCalls } from "../detectors/recovered.ts";
import { hasFailed } from "../detectors/outcome.ts";
import type { Run, ToolCall } from "../records/call.ts";
import type { Finding } from "../records/finding.ts";
import type { EachIncident, Incident, Report } from "../records/report.ts";
import { createPlaces } from "./places.ts";

/** A run with what went wrong in it. `causes` are ids of incidents, root causes and consequences alike. */
export interface JudgedRun {
  id: string;
  run: Run | null;
  causes: Set<string>;
  /** Incidents of which every finding in this run was corrected by the model. */
  recovered: Set<string>;
  calls: JudgedCall[];
}

export interface JudgedCall {
  call: ToolCall;
  causes: Set<string>;
  failed: boolean;
}

export interface Judged {
  runs: JudgedRun[];
  incidents: Map<string, Incident>;
}

/** Asks an analyzer for its report, and which run and call each incident was seen in. */
export function judge(the: { report(each?: EachIncident): Report; runs(): Run[] }): { report: Report; judged: Judged } {
  const seen: { id: string; finding: Finding }[] = [];
  const report = the.report((incident, findings) => {
    if (incident.severity === "info") return;
    for (const finding of findings) seen.push({ id: incident.id, finding });
  });
  const runs = the.runs();
  const calls = runs.flatMap((run) => run.calls);
  const recovered = recoveredCalls({ runs });
  const judgedCalls = new Map(
    calls.map((call) => [
      call,
      { call, causes: new Set<string>(), failed: hasFailed(call) && !recovered.has(call.key) },
    ]),
  );
  const judged = new Map(
    runs.map((run): [string, JudgedRun] => [
      run.id,
      {
        id: run.id,
        run,
        causes: new Set(),
        recovered: new Set(),
        calls: run.calls.map((call) => judgedCalls.get(call)!),
      },
    ]),
  );
  const places = createPlaces(runs);
  for (const { id, finding } of seen) {
    const { run, call } = places.of(finding);
    const own = judged.get(run) ?? without(run);
    judged.set(run, own);
    if (finding.modifiers.includes("recovered")) own.recovered.add(id);
    else own.causes.add(id);
    const ofCall = call === null ? undefined : judgedCalls.get(call);
    if (ofCall === undefined) continue;
    ofCall.causes.add(id);
    if (!finding.modifiers.includes("recovered")) ofCall.failed = true;
  }
  const incidents = new Map(report.incidents.map((incident) => [incident.id, incident]));
  return { report, judged: { runs: [...judged.values()], incidents } };
}

/** A source that tells of failures and of no call: it counts as one run. */
function without(id: string): JudgedRun {
  return { id, run: null, causes: new Set(), recovered: new Set(), calls: [] };
}

/** Failed by a finding that stands, by a call that failed (also where findings were only counted), or by how it ended. */
export function runFailed({ run, causes, calls }: JudgedRun): boolean {
  return causes.size > 0 || calls.some(({ failed }) => failed) || run?.ended?.outcome === "failed";
}
