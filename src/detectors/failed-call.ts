import type { ToolCall } from "../records/call.ts";
import type { Detector } from "../records/detector.ts";
import type { Failure } from "../records/fact.ts";
import type { Finding } from "../records/finding.ts";
import { argumentSaid } from "./argument-words.ts";
import { classOfException } from "./exception-class.ts";
import { classOfWords } from "./failure-words.ts";
import { callFinding, type Verdict } from "./finding.ts";
import { recoveredCalls } from "./recovered.ts";

/**
 * A call that a flag or a span calls failed, whatever its words: `'Lisbon'` (a KeyError prints its key), `Error: `, an
 * empty text. Weight 0: any signature or detector that knows the cause is more specific.
 */
export const failedCall: Detector = {
  name: "failed-call",
  reports: [
    "execution/tool-raised",
    "execution/timeout",
    "execution/cancelled",
    "execution/permission-denied",
    "execution/resource-missing",
    "execution/upstream-error",
    "registration/unknown-tool",
    "arguments/validation-failed",
    "arguments/missing-argument",
    "arguments/wrong-type",
    "mcp/connection",
    "mcp/timeout",
    "concurrency/overload",
  ],
  skip: ({ calls }) =>
    calls.length > 0 && calls.every((c) => c.results.length + c.executions.length === 0 && !isRefused(c))
      ? "no results and no tool spans"
      : null,
  detect(the) {
    const recovered = recoveredCalls(the);
    return the.calls.flatMap((call) => judge(call, recovered.has(call.key)) ?? []);
  },
};

function judge(call: ToolCall, isRecovered: boolean): Finding | null {
  const result = call.results.find(({ isError }) => isError === true);
  const execution = call.executions.find(({ outcome }) => outcome === "failed" || outcome === "cancelled");
  if (result === undefined && execution === undefined) return isRefused(call) ? refusal(call, isRecovered) : null;
  const error = execution?.error ?? null;
  const said = (result?.content ?? error?.message ?? "").trim();
  const opaque = bare(said);
  const argument = argumentSaid(said, call);
  return callFinding("failed-call", call, {
    ...(argument === null
      ? { ...classOf(execution?.outcome === "cancelled", error, said), weight: 0 }
      : { classifier: argument.classifier, stage: "validated" as const, weight: 1 }),
    confidence: "likely",
    facts: {
      ...argument?.facts,
      ...(error?.type == null ? {} : { exception: error.type }),
      ...(opaque ? {} : { value: said.slice(0, 200) }),
    },
    modifiers: [...(opaque ? (["opaque"] as const) : []), ...(isRecovered ? (["recovered"] as const) : [])],
    evidence: [result?.evidence, execution?.evidence],
    message: "failed without a known reason",
  });
}

/** Without recorded content Pydantic AI says no more than that a call was refused. */
function refusal(call: ToolCall, isRecovered: boolean): Finding {
  return callFinding("failed-call", call, {
    classifier: "arguments/validation-failed",
    stage: "validated",
    weight: 0,
    confidence: "likely",
    facts: {},
    modifiers: ["opaque", ...(isRecovered ? (["recovered"] as const) : [])],
    message: "refused without a known reason",
  });
}

function isRefused({ life, executions }: ToolCall): boolean {
  return life.validated === "failed" && executions.length === 0;
}

/**
 * A time-out has no text in Python: its class in the span is all there is. A connection error that names an MCP server is
 * one of its session, not of what the tool calls.
 */
function classOf(cancelled: boolean, error: Failure | null, said: string): Pick<Verdict, "classifier" | "stage"> {
  const words = classOfWords(said);
  if (words?.classifier.startsWith("mcp/") === true) return words;
  const byType = classOfException(error?.type ?? "");
  if (byType !== null) return byType;
  if (cancelled) return { classifier: "execution/cancelled", stage: "executed" };
  return words ?? { classifier: "execution/tool-raised", stage: "executed" };
}

/** Nothing, a lone prefix, or a quoted key. */
function bare(said: string): boolean {
  return /^(?:\w{0,20}(?: \w{1,20})?: ?|'[^']{0,80}'|"[^"]{0,80}")?$/.test(said);
}
