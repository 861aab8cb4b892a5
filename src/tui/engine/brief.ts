import type { RunView } from "../../compare-tools.ts";

/** A run as lists show it: without its spans, and no more of its texts than is seen and searched there. */
export function brief(run: RunView): RunView {
  return { ...run, spans: [], calls: run.calls.map(briefCall) };
}

const MOST_CHARS = 1_000;
const MOST_VIOLATIONS = 20;

function briefCall(call: RunView["calls"][number]): RunView["calls"][number] {
  return {
    ...call,
    schema: null,
    argumentsRaw: call.argumentsRaw?.slice(0, MOST_CHARS) ?? null,
    violations: call.violations.slice(0, MOST_VIOLATIONS),
    results: call.results.slice(0, 3).map((result) => ({ ...result, content: result.content.slice(0, MOST_CHARS) })),
    errors: [],
  };
}
