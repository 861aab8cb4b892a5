import type { Run, ToolCall } from "../records/call.ts";
import type { Case } from "../records/detector.ts";

/** Keys of the calls whose failure ended their run: it was given to no model, and the run ended with its words. */
export function fatalCalls({ runs }: Case): Set<string> {
  return new Set(
    runs
      .filter(({ ended }) => ended?.outcome === "failed")
      .flatMap((run) => {
        return run.calls.filter((call) => isLastWord(call, run)).map(({ key }) => key);
      }),
  );
}

function isLastWord({ executions, results }: ToolCall, { ended }: Run): boolean {
  if (results.some(({ seenBy }) => seenBy === "request")) return false;
  const reason = ended?.reason ?? "";
  return executions.some(({ outcome, error }) => {
    const said = error?.message?.trim() ?? "";
    return outcome === "failed" && said !== "" && reason.includes(said);
  });
}
