import type { Run, Turn } from "../records/call.ts";
import type { Detector } from "../records/detector.ts";
import type { Finding } from "../records/finding.ts";
import type { Message } from "../records/records.ts";
import { runFinding } from "./finding.ts";

/** A refused request whose history breaks the rule of calls and results: each call answered once, each result asked for. */
export const history: Detector = {
  name: "history",
  reports: ["conversation/missing-tool-response", "conversation/orphan-tool-response", "conversation/invalid-call-id"],
  skip: ({ runs }) =>
    runs.every(({ turns }) => turns.every(({ messages }) => messages === null))
      ? "no model requests: gen_ai.input.messages"
      : null,
  detect: ({ runs }) =>
    runs.flatMap((run) => run.turns.flatMap((turn, n) => judge(run, turn, n === run.turns.length - 1) ?? [])),
};

function judge(run: Run, turn: Turn, isLast: boolean): Finding | null {
  const { error, messages } = turn;
  if (
    error === null ||
    messages === null ||
    (error.status !== null && ![400, 404, 422].includes(error.status)) ||
    !ABOUT.test(`${error.message} ${error.param} ${error.code}`)
  )
    return null;
  const { missing, orphans, doubles, toolOf } = inspect(messages);
  const [classifier, ids] =
    doubles.length > 0
      ? ["conversation/invalid-call-id", doubles]
      : missing.length > 0
        ? ["conversation/missing-tool-response", missing]
        : ["conversation/orphan-tool-response", orphans];
  const [first] = ids;
  if (first === undefined) return null;
  const tool = toolOf.get(first) ?? null;
  const finding = runFinding("history", run, {
    classifier: classifier as string,
    stage: "consumed",
    weight: 1,
    facts: {
      callId: ids.slice(0, 20).join(", "),
      ...(tool === null ? {} : { tool }),
      ...(error.status === null ? {} : { providerStatus: String(error.status) }),
    },
    modifiers: isLast ? ["fatal"] : [],
    evidence: [turn.evidence],
    message: "history refused",
  });
  return { ...finding, callId: first, time: turn.time };
}

const ABOUT = /tool|function|call|message|history|role|content/i;

interface Inspection {
  missing: string[];
  orphans: string[];
  doubles: string[];
  toolOf: Map<string, string | null>;
}

/** A call has to be answered before the next one is made; an id may come again once it is answered. */
export function inspect(messages: readonly Message[]): Inspection {
  const open = new Map<string, string | null>();
  const found: Inspection = { missing: [], orphans: [], doubles: [], toolOf: new Map() };
  let isAnswering = false;
  const close = (): void => {
    found.missing.push(...open.keys());
    open.clear();
  };
  for (const { calls, results } of messages) {
    if (isAnswering && results.length === 0) close();
    isAnswering = results.length > 0;
    for (const { callId } of results) {
      if (callId === null) continue;
      if (!open.delete(callId)) (found.toolOf.has(callId) ? found.doubles : found.orphans).push(callId);
    }
    for (const { id, name } of calls) {
      if (id === null) continue;
      if (open.has(id)) found.doubles.push(id);
      open.set(id, name);
      found.toolOf.set(id, name);
    }
  }
  close();
  return found;
}
