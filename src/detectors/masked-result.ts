import type { ToolCall } from "../records/call.ts";
import type { Detector } from "../records/detector.ts";
import type { Finding } from "../records/finding.ts";
import { callFinding } from "./finding.ts";
import type { Verdict } from "./finding.ts";
import { recoveredCalls } from "./recovered.ts";
import { formOf } from "./result-form.ts";
import type { FormOfResult } from "./result-form.ts";

/** Results that are no results although nothing flags them: the form decides, never what they talk about. */
export const maskedResult: Detector = {
  name: "masked-result",
  reports: [
    "result/masked-error",
    "result/lost",
    "execution/async-mismatch",
    "execution/upstream-error",
    "execution/resource-missing",
    "execution/permission-denied",
  ],
  skip: ({ calls }) =>
    calls.length > 0 && calls.every(({ results }) => results.length === 0)
      ? "no tool results: gen_ai.tool.call.result"
      : null,
  detect(the) {
    const recovered = recoveredCalls(the);
    const usual = usualForms(the.calls);
    return the.calls.flatMap((call) => judge(call, recovered.has(call.key), usual) ?? []);
  },
};

function judge(call: ToolCall, isRecovered: boolean, usual: ReadonlyMap<string, number>): Finding | null {
  const result = call.results.find(({ seenBy }) => seenBy === "framework") ?? call.results[0];
  if (
    result === undefined ||
    call.results.some(({ isError }) => isError === true) ||
    call.executions.some(({ outcome }) => outcome === "failed")
  )
    return null;
  const form = formOf(result.content);
  const verdict = VERDICTS[form.form]?.(form, call) ?? null;
  if (verdict === null) return null;
  if (form.form === "empty" && (usual.get(call.tool ?? "") ?? 0) > 0) return null;
  return callFinding("masked-result", call, {
    ...verdict,
    modifiers: ["masked", ...(isRecovered ? (["recovered"] as const) : [])],
    evidence: [result.evidence],
  });
}

type Judge = (form: FormOfResult, call: ToolCall) => Verdict | null;

const VERDICTS: Partial<Record<FormOfResult["form"], Judge>> = {
  "error-body": ({ said }) => ({
    classifier: "result/masked-error",
    stage: "returned",
    weight: 0,
    confidence: "likely",
    facts: { value: said.slice(0, 200) },
    message: "error in the body of a result",
  }),
  page: ({ said, status }) => ({
    classifier: status === null ? "result/masked-error" : byStatus(status),
    stage: status === null ? "returned" : "executed",
    confidence: "likely",
    facts: { value: said.slice(0, 200), ...(status === null ? {} : { actual: String(status) }) },
    message: "HTML page as a result",
  }),
  "lost-object": ({ said }) => ({
    classifier: "result/lost",
    stage: "returned",
    weight: 1,
    facts: { value: said },
    message: "object without text",
  }),
  "lost-coroutine": ({ said }) => ({
    classifier: "execution/async-mismatch",
    stage: "executed",
    weight: 1,
    facts: { value: said },
    message: "coroutine as a result",
  }),
  "lost-promise": ({ said }) => ({
    classifier: "execution/async-mismatch",
    stage: "executed",
    weight: 1,
    facts: { value: said },
    message: "promise as a result",
  }),
};

function byStatus(status: number): string {
  if (status === 401 || status === 403) return "execution/permission-denied";
  return status === 404 || status === 410 ? "execution/resource-missing" : "execution/upstream-error";
}

/** How often each tool gives nothing and how often it gives something. */
function usualForms(calls: readonly ToolCall[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { tool, results } of calls) {
    if (tool !== null && results[0] !== undefined && formOf(results[0].content).form === "empty")
      counts.set(tool, (counts.get(tool) ?? 0) + 1);
  }
  return counts;
}
