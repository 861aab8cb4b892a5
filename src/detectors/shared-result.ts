import type { ToolCall } from "../records/call.ts";
import type { Detector } from "../records/detector.ts";
import { callFinding } from "./finding.ts";

/** Calls with different arguments that all got the answer to one of them: the tool keeps its input where runs share it. */
export const sharedResult: Detector = {
  name: "shared-result",
  acrossRuns: true,
  reports: ["concurrency/shared-state"],
  skip: ({ calls }) =>
    calls.length > 0 && calls.every(({ results }) => results.length === 0)
      ? "no tool results: gen_ai.tool.call.result"
      : null,
  detect({ calls }) {
    const groups = Map.groupBy(calls.filter(isWhole), ({ tool, results }) => `${tool}\n${results[0]!.content}`);
    return [...groups.values()].flatMap((group) => {
      const wrong = strangers(group);
      const [first] = wrong;
      if (first === undefined) return [];
      return callFinding("shared-result", first, {
        classifier: "concurrency/shared-state",
        stage: "executed",
        confidence: wrong.length >= 3 ? "certain" : "likely",
        weight: 2,
        facts: { count: String(wrong.length), value: first.results[0]!.content.slice(0, 200) },
        modifiers: wrong.length > 1 ? ["masked", "repeated"] : ["masked"],
        evidence: wrong.slice(0, 10).flatMap(({ results }) => results[0]!.evidence),
        message: "result of another call",
      });
    });
  },
};

const LEAST = 3;

function isWhole({ tool, results, argumentsRaw }: ToolCall): boolean {
  return tool !== null && argumentsRaw !== null && results[0] !== undefined && results[0].content.length < 10_000;
}

/** The calls of a group whose own value is not in the result, where the value of exactly one other call is. */
function strangers(group: readonly ToolCall[]): ToolCall[] {
  if (group.length < LEAST) return [];
  const result = group[0]!.results[0]!.content;
  const own = group.map((call) => valuesOf(call));
  const named = new Set(own.flat().filter((value) => isIn(result, value)));
  const common = new Set(own[0]!.filter((value) => own.every((values) => values.includes(value))));
  const telling = [...named].filter((value) => !common.has(value));
  if (telling.length !== 1) return [];
  const wrong = group.filter((_, n) => own[n]!.length > 0 && !own[n]!.includes(telling[0]!));
  return new Set(wrong.map(({ argumentsRaw }) => argumentsRaw)).size >= LEAST - 1 ? wrong : [];
}

/** Values that name a thing: with a digit in them, and not a bare short number. */
function valuesOf(call: ToolCall): string[] {
  if (typeof call.arguments !== "object" || call.arguments === null) return [];
  return Object.values(call.arguments).flatMap((value) =>
    typeof value === "string" && /\d/.test(value) && value.length >= 2
      ? [value]
      : typeof value === "number" && value > 99
        ? [String(value)]
        : [],
  );
}

/** As a word of its own: `C-1` is not in `C-11`. */
function isIn(text: string, value: string): boolean {
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + 1)) {
    if (!/[\w-]/.test(text[at - 1] ?? " ") && !/[\w-]/.test(text[at + value.length] ?? " ")) return true;
  }
  return false;
}
