import { createHash } from "node:crypto";
import type { ToolCall } from "../records/call.ts";
import type { Classifier } from "../records/classifier.ts";
import type { Evidence } from "../records/evidence.ts";
import type { Finding } from "../records/finding.ts";
import { MODIFIERS, type Modifier } from "../records/life.ts";
import type { CallSummary, Incident } from "../records/report.ts";
import { failedAt } from "../toolcalls/life.ts";
import { versionSteps, type PackageVersions } from "./package-versions.ts";
import { best, type Draft } from "./incident-draft.ts";
import { fill } from "./fill.ts";

/** The incident that the report shows for a draft. `calls` finds a call by its key. */
export function incidentOf(
  draft: Draft,
  classifier: Classifier,
  calls: ReadonlyMap<string, ToolCall>,
  around: { maxEvidence: number; versions: PackageVersions },
): Incident {
  const lead = best(draft);
  const facts = { ...lead.facts };
  for (const f of draft.findings) for (const [name, value] of Object.entries(f.facts)) facts[name as "tool"] ??= value;
  const framework = draft.findings.map((f) => f.scope.framework).find((f) => f !== null) ?? facts.framework ?? null;
  const times = [...draft.findings.map((f) => f.time), draft.last].filter((t) => t !== null);
  return {
    id: idOf(draft),
    classifier: classifier.id,
    layer: classifier.layer,
    stage: lead.stage,
    title: classifier.title,
    severity: lead.confidence === "possible" && lead.severity === "error" ? "warning" : lead.severity,
    confidence: lead.confidence,
    tool: lead.tool ?? draft.findings.find((f) => f.tool !== null)?.tool ?? null,
    facts: facts,
    modifiers: modifiersOf(draft),
    count: draft.count,
    first: times.length === 0 ? null : iso(times.reduce((a, b) => (b < a ? b : a))),
    last: times.length === 0 ? null : iso(times.reduce((a, b) => (b > a ? b : a))),
    runs: distinct(draft, (f) => f.scope.run ?? f.scope.traceId),
    agents: distinct(draft, (f) => f.scope.agent),
    models: distinct(draft, (f) => f.scope.model),
    cause: fill(classifier.cause, facts),
    fix: {
      summary: fill(classifier.fix.summary, facts),
      steps: [
        ...classifier.fix.steps.map((s) => fill(s, facts)),
        ...versionSteps(classifier.versions, around.versions),
      ],
      code: codeFor(classifier, framework),
    },
    evidence: evidenceOf(lead, draft, around.maxEvidence),
    call: callOf(draft, calls),
    causedBy: draft.causedBy === null ? null : idOf(draft.causedBy),
    consequences: [],
  };
}

export function idOf(draft: Draft): string {
  return createHash("sha256").update(draft.fingerprint).digest("hex").slice(0, 12);
}

/** An incident is recovered when all of its failures are; any other modifier of one of them counts. */
function modifiersOf(draft: Draft): Modifier[] {
  const found = new Set(draft.findings.flatMap((f) => f.modifiers));
  if (!draft.findings.every((f) => f.modifiers.includes("recovered"))) found.delete("recovered");
  if (draft.causedBy !== null) found.add("collateral");
  if (draft.count > 1) found.add("repeated");
  return MODIFIERS.filter((m) => found.has(m));
}

function evidenceOf(lead: Finding, draft: Draft, max: number): Evidence[] {
  const seen = new Set<string>();
  const all = [lead, ...draft.findings.filter((f) => f !== lead)].flatMap((f) => f.evidence);
  const once = all.filter((e) => {
    const key = `${e.kind} ${e.source} ${e.line} ${e.byteOffset} ${e.traceId} ${e.spanId} ${e.messageIndex} ${e.excerpt}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
  return once.slice(0, max);
}

function callOf(draft: Draft, calls: ReadonlyMap<string, ToolCall>): CallSummary | null {
  for (const f of draft.findings) {
    const call = calls.get(f.callKey ?? f.callId ?? "");
    if (call === undefined) continue;
    return {
      id: call.id,
      run: call.run,
      argumentsRaw: call.argumentsRaw,
      schema: call.schema ?? null,
      result: call.results[0]?.content ?? null,
      stages: f.stage === null ? call.life : failedAt(call.life, f.stage),
    };
  }
  return null;
}

function codeFor(classifier: Classifier, framework: string | null): Classifier["fix"]["code"] {
  const entries = Object.entries(classifier.fix.code);
  const entry =
    entries.find(([name]) => framework !== null && name === framework) ??
    entries.find(([name]) => framework !== null && (framework.startsWith(name) || name.startsWith(framework))) ??
    entries[0];
  return entry === undefined ? {} : { [entry[0]]: entry[1] };
}

function distinct(draft: Draft, of: (f: Finding) => string | null): string[] {
  return [...new Set(draft.findings.map(of).filter((v) => v !== null))].slice(0, 50);
}

function iso(ns: bigint): string {
  const date = new Date(Number(ns / 1_000_000n));
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
}
