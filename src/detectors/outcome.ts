import type { ToolCall } from "../records/call.ts";
import { formOf } from "./result-form.ts";

/** How a call went, as far as anybody says: by flag, by how it ran, else by the form of its result. */
export type Outcome = "ok" | "failed" | "masked" | "unknown";

export function outcomeOf(call: ToolCall): Outcome {
  let outcome = known.get(call);
  if (outcome === undefined) known.set(call, (outcome = judge(call)));
  return outcome;
}

/** Detectors ask again and again, and a call does not change once it is joined. */
const known = new WeakMap<ToolCall, Outcome>();

function judge(call: ToolCall): Outcome {
  if (call.results.some(({ isError }) => isError === true)) return "failed";
  if (call.executions.some(({ outcome }) => outcome === "failed" || outcome === "cancelled")) return "failed";
  const forms = call.results.map(({ content }) => formOf(content).form);
  if (forms.some((form) => form === "refusal" || form === "error-body")) return "masked";
  if (forms.length > 0 || call.executions.some(({ outcome }) => outcome === "ok")) return "ok";
  return "unknown";
}

export function hasFailed(call: ToolCall): boolean {
  const outcome = outcomeOf(call);
  return outcome === "failed" || outcome === "masked";
}

/** All that the call's results and failures say, for words to look for. */
export function wordsOf(call: ToolCall): string {
  const errors = call.executions.flatMap(({ error }) => [error?.type ?? "", error?.message ?? ""]);
  return [...call.results.map(({ content }) => content.slice(0, 4000)), ...errors].join("\n");
}
