import type { Run, ToolCall } from "../records/call.ts";
import type { Evidence, Scope } from "../records/evidence.ts";
import type { Facts, Finding } from "../records/finding.ts";
import type { Confidence, Layer, Modifier, Severity, Stage } from "../records/life.ts";

/** What a detector says of a call or run; the rest of the finding follows from it. */
export interface Verdict {
  classifier: string;
  stage: Stage | null;
  confidence?: Confidence;
  severity?: Severity;
  /** 0: a text signature is to win; 1: structure is sure; 3: more specific than the text that the failure prints. */
  weight?: number;
  facts?: Facts;
  modifiers?: Modifier[];
  evidence?: (Evidence | undefined)[];
  message: string;
  /** When it happened, where that is not when the call was made or the run ended. */
  time?: bigint | null;
}

export function callFinding(detector: string, call: ToolCall, verdict: Verdict): Finding {
  const evidence = [...(verdict.evidence ?? []), call.evidence[verdict.stage ?? "requested"], ...evidenceOf(call)];
  const tool = verdict.facts?.tool ?? call.tool;
  return {
    ...common(detector, verdict, { ...call.scope, run: call.scope.run ?? call.run }),
    facts: { ...(tool === null ? {} : { tool }), ...(call.id === null ? {} : { callId: call.id }), ...verdict.facts },
    tool,
    callId: call.id,
    callKey: call.key,
    evidence: distinct(evidence),
    time: verdict.time ?? call.time,
  };
}

export function runFinding(detector: string, run: Run, verdict: Verdict): Finding {
  return {
    ...common(detector, verdict, { ...run.scope, run: run.scope.run ?? run.id }),
    facts: { ...verdict.facts },
    tool: verdict.facts?.tool ?? null,
    callId: null,
    evidence: distinct([...(verdict.evidence ?? []), run.turns.at(-1)?.evidence]),
    time: verdict.time ?? run.end,
  };
}

/** Where a call was seen, the most telling place first: its results, how it ran, where it was asked for. */
export function evidenceOf(call: ToolCall): Evidence[] {
  const results = call.results
    .toSorted((a, b) => Number(b.isError === true) - Number(a.isError === true))
    .map(({ evidence }) => evidence);
  const executions = call.executions.filter(({ outcome }) => outcome !== "started").map(({ evidence }) => evidence);
  return distinct([...executions, ...results, call.evidence.requested]);
}

function common(detector: string, verdict: Verdict, scope: Scope) {
  return {
    classifier: verdict.classifier,
    layer: verdict.classifier.split("/", 1)[0] as Layer,
    stage: verdict.stage,
    by: `detector:${detector}`,
    confidence: verdict.confidence ?? "certain",
    severity: verdict.severity ?? "error",
    weight: verdict.weight ?? 1,
    modifiers: verdict.modifiers ?? [],
    message: verdict.message,
    scope,
    needsAgent: false,
  };
}

function distinct(evidence: readonly (Evidence | undefined)[]): Evidence[] {
  const seen = new Set<string>();
  return evidence.filter((one): one is Evidence => {
    if (one === undefined) return false;
    const key = `${one.kind} ${one.source} ${one.line} ${one.byteOffset} ${one.spanId} ${one.messageIndex} ${one.excerpt}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}
