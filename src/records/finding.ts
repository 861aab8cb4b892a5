import type { Evidence, Scope } from "./evidence.ts";
import type { Confidence, Layer, Modifier, Severity, Stage } from "./life.ts";

/** Names that captures and detectors may use: one vocabulary everywhere (docs/facts.md). */
export const FACT_NAMES = [
  "tool",
  "argument",
  "nearest",
  "expected",
  "received",
  "value",
  "allowed",
  "limit",
  "actual",
  "model",
  "provider",
  "providerStatus",
  "providerCode",
  "param",
  "retryAfter",
  "callId",
  "toolCount",
  "server",
  "exception",
  "package",
  "flag",
  "invented",
  "framework",
  "frameworkVersion",
  "agent",
  "keyword",
  "position",
  "path",
  "count",
] as const;
export type FactName = (typeof FACT_NAMES)[number];
export type Facts = Partial<Record<FactName, string>>;

/** One sign of one root cause at one place. Findings about the same failure become one incident. */
export interface Finding {
  classifier: string;
  layer: Layer;
  stage: Stage | null;
  /** What saw it: `signature:<id>` or `detector:<name>`. */
  by: string;
  confidence: Confidence;
  severity: Severity;
  /** Higher is more specific; among the findings of one text or call the highest wins. */
  weight: number;
  facts: Facts;
  tool: string | null;
  callId: string | null;
  /** Key of the call, where one is known: ids may count anew in each run. */
  callKey?: string;
  modifiers: Modifier[];
  /** Best first. */
  evidence: Evidence[];
  /** The matched sentence with ids, numbers and quoted values masked: part of the fingerprint. */
  message: string;
  scope: Scope;
  time: bigint | null;
  /** The signature is generic: it counts only where there is evidence of an agent around it. */
  needsAgent: boolean;
  /** The user's functions that a library called, from the stack in the text: one of them may be the tool. */
  functions?: string[];
}
