import type { ToolCall } from "../records/call.ts";
import type { Detector } from "../records/detector.ts";
import type { Finding } from "../records/finding.ts";
import { callFinding } from "./finding.ts";
import { scanJson } from "./json-scan.ts";

/**
 * Results of a tool that were cut at a limit: its longest ones have the same round length, or one of that length is JSON
 * without its end. Spans do not count: there the recorder may have cut them.
 */
export const cutResult: Detector = {
  name: "cut-result",
  reports: ["result/too-large"],
  skip: ({ calls }) =>
    calls.length > 0 && !calls.some((call) => textOf(call) !== null) ? "no tool results outside of spans" : null,
  detect({ calls }) {
    const byTool = Map.groupBy(calls, ({ tool }) => tool ?? "");
    return [...byTool.values()].flatMap((group) => judge(group) ?? []);
  },
};

function judge(calls: readonly ToolCall[]): Finding | null {
  const results = calls.flatMap((call) => {
    const text = textOf(call);
    return text === null ? [] : [{ call, text }];
  });
  const limit = results.reduce((most, { text }) => Math.max(most, text.length), 0);
  if (!isRound(limit)) return null;
  const longest = results.filter(({ text }) => text.length === limit);
  const broken = longest.filter(({ text }) => /^[[{]/.test(text) && scanJson(text).state === "cut");
  const different = new Set(longest.map(({ text }) => text)).size;
  const first = broken[0] ?? (different > 1 ? longest[0] : undefined);
  if (first === undefined) return null;
  return callFinding("cut-result", first.call, {
    classifier: "result/too-large",
    stage: "returned",
    confidence: "likely",
    // a text that was cut may still do; of a cut object the rest is lost
    severity: broken.length > 0 ? "warning" : "info",
    weight: 0,
    facts: { limit: `${limit} characters`, count: String(longest.length) },
    modifiers: ["masked"],
    evidence: longest.slice(0, 5).flatMap(({ call }) => call.results.find(isOutside)!.evidence),
    message: "results cut at one length",
  });
}

function textOf({ results }: ToolCall): string | null {
  return results.find(isOutside)?.content ?? null;
}

function isOutside({ isError, evidence }: ToolCall["results"][number]): boolean {
  return isError !== true && evidence.kind !== "span";
}

/** A length that people choose: 1000, 2500, 4096, 30000; with three dots behind it or without. */
function isRound(length: number): boolean {
  return [length, length - 3].some((size) => size >= 1000 && (size % 500 === 0 || size % 1024 === 0));
}
