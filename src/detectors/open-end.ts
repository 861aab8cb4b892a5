import type { Run, ToolCall } from "../records/call.ts";
import type { Case } from "../records/detector.ts";
import type { Finding } from "../records/finding.ts";
import { callFinding } from "./finding.ts";
import { givesAnswer } from "./structured-call.ts";

/** A run whose record stops behind a call that the model asked for. */
export interface OpenEnd {
  run: Run;
  call: ToolCall;
}

/**
 * Runs that end with calls of which nothing tells more, neither how they went nor how the run ended. For a request log that
 * is no failure: agents that show a result as it is, hand over, or fetch an answer by a call send no further request.
 */
export function openEnds({ runs }: Case): OpenEnd[] {
  return runs.flatMap((run) => {
    const last = run.turns.at(-1)?.answer?.calls ?? [];
    if (last.length === 0 || run.ended !== null) return [];
    const isLast = (call: ToolCall): boolean =>
      last.some(({ id, name }) => (call.id === null ? name === call.tool : id === call.id));
    const open = run.calls.filter((call) => isUntold(call) && isLast(call) && !closes(call));
    return open.length === 0 ? [] : [{ run, call: open[0]! }];
  });
}

/**
 * Of a saved history more can be said: where calls of the same tool were answered, this one should have been. Unless most of
 * the histories end like that: then they are examples for a model, or waited for a user.
 */
export function brokenOff(ends: readonly OpenEnd[], { runs }: Case, wired: ReadonlySet<string>): Finding[] {
  const own = ends.filter(({ run }) => isTranscript(run));
  if (own.length > 1 && own.length * 2 > runs.filter(isTranscript).length) return [];
  return own
    .filter(({ call }) => call.tool !== null && wired.has(call.tool))
    .map(({ call, run }) =>
      callFinding("unanswered", call, {
        classifier: "execution/unanswered",
        stage: "executed",
        confidence: "possible",
        weight: 0,
        evidence: [call.evidence.requested ?? run.turns.at(-1)!.evidence],
        message: "history ends with a call",
      }),
    );
}

/** What to tell of them all, where nothing better is known. */
export function openEndsNote(ends: readonly OpenEnd[]): string | null {
  if (ends.length === 0) return null;
  const tools = [...new Set(ends.map(({ call }) => call.tool?.slice(0, 64) ?? "?"))];
  const named = tools.slice(0, MOST_NAMED).join(", ") + (tools.length > MOST_NAMED ? ", ..." : "");
  const what = ends.length === 1 ? "a run ends" : `${ends.length} runs end`;
  return `${what} with a call that nothing here answers (${named}): a log or trace of the process would show what became of it`;
}

const MOST_NAMED = 5;

function isUntold({ requested, results, executions, life }: ToolCall): boolean {
  return requested && results.length === 0 && executions.length === 0 && !Object.values(life).includes("failed");
}

/** Names of calls that end a run or hand it over by design. */
const CLOSING =
  /^(?:final_?answer|submit|finish|done|complete|end|stop|exit|terminate|respond|reply|answer|transfer|hand_?off|escalate|ask|request_(?:human|approval|input|user)|present|structured_?(?:output|response))(?:_|[A-Z]|$)|_(?:final_?answer|to_human|to_user)$/;

function closes(call: ToolCall): boolean {
  return givesAnswer(call) || CLOSING.test(call.tool ?? "");
}

/** A history that was saved as a whole: one request, named by its place in the file. */
function isTranscript({ turns, scope }: Run): boolean {
  return turns.length === 1 && turns[0]!.evidence.kind === "message" && scope.run !== null && scope.traceId === null;
}
