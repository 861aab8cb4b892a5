import type { Incident } from "../../records/report.ts";
import { colorOf } from "./headline.ts";
import { line, type Paint } from "./paint.ts";

/** `app.log:214: error: get_claim: The model sent claimId. [arguments/unexpected-argument] 3×`, as compilers print it. */
export function quietLine(incident: Incident, paint: Paint): string {
  const [best] = incident.evidence;
  const place = best
    ? `${line(best.source === "-" ? "stdin" : best.source)}${best.line === null ? "" : `:${best.line}`}: `
    : "";
  const state = incident.modifiers.includes("recovered") ? "recovered" : incident.severity;
  const tool = incident.tool === null ? "" : `${line(incident.tool)}: `;
  const count = incident.count > 1 ? ` ${incident.count}×` : "";
  return `${place}${colorOf(incident, paint)(state)}: ${tool}${line(firstSentence(incident.cause))} [${incident.classifier}]${count}`;
}

function firstSentence(text: string): string {
  return text.split(/(?<=[.!?])\s/)[0] ?? text;
}
