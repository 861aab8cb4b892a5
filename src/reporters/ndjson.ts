import type { Incident } from "../records/report.ts";
import type { Reporter } from "./reporter.ts";

/** One object a line: `finding` and `unclassified` lines, then the whole `report`. */
export const ndjson: Reporter = (report) => {
  const lines: object[] = [
    ...report.incidents.map(findingLine),
    ...report.unclassified.map((group) => ({ type: "unclassified", ...group })),
    { type: "report", ...report },
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
};

function findingLine(incident: Incident): object {
  const { id, classifier, layer, stage, confidence, severity, tool, facts, modifiers, call, runs, first, evidence } =
    incident;
  return {
    type: "finding",
    id,
    incident: id,
    classifier,
    layer,
    stage,
    confidence,
    severity,
    tool,
    facts,
    modifiers,
    callId: call?.id ?? evidence.find((one) => one.callId !== null)?.callId ?? null,
    run: call?.run ?? runs[0] ?? null,
    time: first,
    evidence,
  };
}
