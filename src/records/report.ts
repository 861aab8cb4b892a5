import type { Evidence } from "./evidence.ts";
import type { Facts, Finding } from "./finding.ts";
import type { Confidence, Layer, Life, Modifier, Severity, Stage } from "./life.ts";

/** The report, schema `misfire.report/1` (DESIGN). Field names never change their meaning within a version. */
export interface Report {
  schema: "misfire.report/1";
  version: string;
  verdict: "failures" | "clean" | "no-agent-data";
  sources: SourceSummary[];
  incidents: Incident[];
  unclassified: Unclassified[];
  totals: { requested: number; answered: number; failed: number; recovered: number };
  coverage: Coverage;
}

export interface SourceSummary {
  name: string;
  format: string;
  bytes: number;
  records: number;
  spans: number;
}

export interface Incident {
  /** A hash of the fingerprint, so it is the same in every run. */
  id: string;
  classifier: string;
  layer: Layer;
  stage: Stage | null;
  title: string;
  severity: Severity;
  confidence: Confidence;
  tool: string | null;
  facts: Facts;
  modifiers: Modifier[];
  count: number;
  /** ISO times, null where the input has none. */
  first: string | null;
  last: string | null;
  runs: string[];
  agents: string[];
  models: string[];
  cause: string;
  fix: Fix;
  evidence: Evidence[];
  /** One exemplar call, or null. */
  call: CallSummary | null;
  causedBy: string | null;
  consequences: string[];
}

export interface Fix {
  summary: string;
  steps: string[];
  /** Only the entry of the framework that was recognised, else the first. */
  code: Record<string, { before: string; after: string }>;
}

export interface CallSummary {
  id: string | null;
  run: string | null;
  argumentsRaw: string | null;
  schema: unknown;
  result: string | null;
  stages: Life;
}

export interface Unclassified {
  template: string;
  count: number;
  evidence: Evidence[];
}

export interface Coverage {
  records: number;
  spans: number;
  dialects: string[];
  /** What was dropped, by reason: nothing is lost silently. */
  dropped: Record<string, number>;
  skipped: { detector: string; reason: string }[];
  /** Notes for --verbose: which format was told and why, unknown attributes that look like tool calls. */
  notes: string[];
}

/** Is told of each incident with the findings that it was made of, as far as they were kept. */
export type EachIncident = (incident: Incident, findings: readonly Finding[]) => void;
