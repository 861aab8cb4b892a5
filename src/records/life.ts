/** The life of a tool call, in order. `conversation/*` breaks at `consumed`, `schema/*` at `offered`. */
export const STAGES = [
  "offered",
  "requested",
  "parsed",
  "looked up",
  "validated",
  "executed",
  "returned",
  "consumed",
] as const;
export type Stage = (typeof STAGES)[number];

/** Shown as `✓ ✗ · ?`. */
export type StageState = "ok" | "failed" | "not-reached" | "unknown";
export type Life = Record<Stage, StageState>;

/** Layers in the order of a call's life: the first failing one tells where the fix lies (TAXONOMY). */
export const LAYERS = [
  "registration",
  "schema",
  "model",
  "arguments",
  "execution",
  "result",
  "conversation",
  "concurrency",
  "mcp",
  "provider",
  "flow",
  "telemetry",
] as const;
export type Layer = (typeof LAYERS)[number];

export const MODIFIERS = ["masked", "opaque", "recovered", "fatal", "repeated", "collateral"] as const;
export type Modifier = (typeof MODIFIERS)[number];

export const SEVERITIES = ["error", "warning", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];

export type Confidence = "certain" | "likely" | "possible";
