import type { Confidence, Modifier, Severity, Stage } from "../../records/life.ts";
import type { Incident } from "../../records/report.ts";
import type { Part } from "./part.ts";
import { line, type Paint } from "./paint.ts";
import { timesOf } from "./numbers.ts";
import { widthOf } from "./width.ts";
import { wrap } from "./wrap.ts";

/** Mark, tool and title with count and time at the right; then id, stage, calls and what is special. */
export function headline({ incident, view, paint }: Part): string[] {
  const right = [incident.count > 1 ? `${incident.count}×` : "", timesOf(incident.first, incident.last)]
    .filter(Boolean)
    .join("   ");
  const [first = "", ...more] = wrap(titleOf(incident), view.width - 2);
  const gap = view.width - 2 - widthOf(first) - widthOf(right);
  const inline = right !== "" && gap >= 3;
  const color = colorOf(incident, paint);
  return [
    color(`${markOf(incident)} `) + paint.bold(first) + (inline ? " ".repeat(gap) + paint.dim(right) : ""),
    ...more.map((one) => `  ${paint.bold(one)}`),
    ...wrap(detailsOf(incident, inline ? "" : right).join(" · "), view.width - 2).map((one) => `  ${paint.dim(one)}`),
  ];
}

export function titleOf({ tool, title }: Incident): string {
  if (tool === null) return line(title);
  return line(
    `${tool}: ${/^(?:The|An?|One|Two|No|It)\b/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title}`,
  );
}

export function markOf({ severity, modifiers }: Incident): string {
  return modifiers.includes("recovered") ? "↺" : MARKS[severity];
}

const MARKS: Record<Severity, string> = { error: "✗", warning: "!", info: "i" };

export function colorOf({ severity, modifiers }: Incident, paint: Paint): (text: string) => string {
  if (modifiers.includes("recovered")) return paint.green;
  return { error: paint.red, warning: paint.yellow, info: paint.blue }[severity];
}

function detailsOf(incident: Incident, right: string): string[] {
  const { classifier, confidence, modifiers, agents } = incident;
  const words = [
    classifier,
    whenOf(incident),
    callsOf(incident),
    agents.length === 1 ? `agent ${line(agents[0]!)}` : agents.length > 1 ? `${agents.length} agents` : "",
    CONFIDENCE[confidence],
    ...modifiers.map((modifier) => MODIFIERS[modifier]),
    right,
  ];
  return words.filter(Boolean);
}

/** Was it before the model answered, or after? */
function whenOf({ stage, layer, classifier }: Incident): string {
  if (stage === null) return "";
  const before = layer === "provider" || REFUSED.has(classifier);
  return `${before ? WHEN.offered : WHEN[stage]} (${stage})`;
}

const BEFORE = "before the model's response";
const AFTER = "after the model's response";
const WHEN: Record<Stage, string> = {
  offered: BEFORE,
  requested: "in the model's response",
  parsed: AFTER,
  "looked up": AFTER,
  validated: AFTER,
  executed: AFTER,
  returned: AFTER,
  consumed: "in the next request to the model",
};
/** Of the layer `model`: the request was refused, so there was no response. */
const REFUSED = new Set(["model/tools-unsupported", "model/server-not-configured", "model/option-unsupported"]);

const CONFIDENCE: Record<Confidence, string> = { certain: "", likely: "likely", possible: "possible" };
const MODIFIERS: Record<Modifier, string> = {
  masked: "masked: nothing flags it as an error",
  opaque: "the message hides the cause",
  recovered: "recovered: a later call reached the goal",
  fatal: "ended the run",
  repeated: "",
  collateral: "a consequence",
};

function callsOf({ evidence, call }: Incident): string {
  const ids = [...new Set([call?.id, ...evidence.map(({ callId }) => callId)])].filter(
    (id) => id !== null && id !== undefined,
  );
  if (ids.length === 0) return "";
  const shown = ids.slice(0, MOST_CALLS).map((id) => line(id).slice(0, LONGEST_ID));
  return ids.length > MOST_CALLS ? `${shown.join(", ")} and ${ids.length - MOST_CALLS} more` : shown.join(", ");
}

const MOST_CALLS = 3;
const LONGEST_ID = 40;
