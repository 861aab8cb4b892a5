import type { ToolCall } from "../records/call.ts";
import type { Detector } from "../records/detector.ts";
import type { Finding } from "../records/finding.ts";
import { classOfException } from "./exception-class.ts";
import { classOfWords } from "./failure-words.ts";
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
    "execution/tool-raised",
    "execution/async-mismatch",
    "execution/upstream-error",
    "execution/resource-missing",
    "execution/permission-denied",
    "execution/timeout",
  ],
  skip: ({ calls }) =>
    calls.length > 0 && calls.every(({ results }) => results.length === 0)
      ? "no tool results: gen_ai.tool.call.result"
      : null,
  detect(the) {
    const recovered = recoveredCalls(the);
    return the.calls.flatMap((call) => judge(call, recovered.has(call.key)) ?? []);
  },
};

function judge(call: ToolCall, isRecovered: boolean): Finding | null {
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
  return callFinding("masked-result", call, {
    ...verdict,
    modifiers: ["masked", ...(isRecovered ? (["recovered"] as const) : [])],
    evidence: [result.evidence],
  });
}

type Judge = (form: FormOfResult, call: ToolCall) => Verdict | null;

const VERDICTS: Partial<Record<FormOfResult["form"], Judge>> = {
  "error-body": ({ said }) => ({
    // frameworks put a raised exception into the body of a result, its class first
    ...(RAISED.test(said)
      ? { classifier: "execution/tool-raised", stage: "executed" as const }
      : (byCode(said) ?? { classifier: "result/masked-error", stage: "returned" as const })),
    weight: 0,
    confidence: "likely",
    facts: { value: said.slice(0, 200) },
    message: "error in the body of a result",
  }),
  refusal: ({ said }, { results }) =>
    results.some(({ content }) => ASKS_AGAIN.test(content))
      ? {
          classifier: "execution/tool-raised",
          stage: "executed",
          weight: 0,
          confidence: "likely",
          facts: { value: said.replace(ASKS_AGAIN, "").slice(0, 200) },
          message: "the tool asked for another try",
        }
      : null,
  page: ({ said, status }) => ({
    classifier: status === null ? "result/masked-error" : byStatus(status),
    stage: status === null ? "returned" : "executed",
    confidence: "likely",
    facts: { value: said.slice(0, 200), ...(status === null ? {} : { actual: String(status) }) },
    message: "HTML page as a result",
  }),
  empty: (_, { tool, results }) => {
    const said = results.map(({ content }) => content.trim()).find((content) => content !== "");
    if (
      !YIELDS.test(tool ?? "") ||
      said === undefined ||
      results.some(({ content }) => formOf(content).form !== "empty")
    )
      return null;
    return {
      classifier: "result/lost",
      stage: "returned",
      weight: 1,
      confidence: "likely",
      facts: { value: said },
      message: "no value",
    };
  },
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

/** Pydantic AI writes it below what a tool said that raised ModelRetry. */
const ASKS_AGAIN = /\s+Fix the errors and try again\.\s*$/;

/** An error that is a code and no sentence (`permission_denied`, `NotFound`) names its class. */
function byCode(said: string): Pick<Verdict, "classifier" | "stage"> | null {
  if (!/^[A-Za-z]+(?:[_-][A-Za-z]+){0,8}$/.test(said)) return null;
  const found = classOfException(said) ?? classOfWords(said.replaceAll("-", "_"));
  return found?.classifier.startsWith("execution/") === true
    ? { classifier: found.classifier, stage: found.stage }
    : null;
}

const RAISED =
  /^Error (?:executing|in tool) ['"`]?[\w.-]{1,120}['"`]?: |^\{"name":"[^"\n]{1,80}","message":"[\s\S]{0,380}?"stack":"|^(?:[a-z_]\w{0,40}\.){0,5}(?:[A-Z]\w{0,60})?(?:Error|Exception)(?:: |\()/;

/** Tools that by their name always have a value to give; one that looks something up may find nothing. */
const YIELDS =
  /^(?:count|sum|total|calc(?:ulate)?|compute|convert|estimate|measure|average|multiply|add|divide)(?:_|[A-Z]|$)/;

function byStatus(status: number): string {
  if (status === 401 || status === 403) return "execution/permission-denied";
  return status === 404 || status === 410 ? "execution/resource-missing" : "execution/upstream-error";
}
