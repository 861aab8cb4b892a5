import type { Run, ToolCall } from "../records/call.ts";
import type { Detector } from "../records/detector.ts";
import type { Finding } from "../records/finding.ts";
import { argumentsKey } from "../toolcalls/arguments.ts";
import { callFinding } from "./finding.ts";
import { hasFailed } from "./outcome.ts";

/** The same call, or the same short round of calls, again and again with the same results. A poll whose result changes is healthy. */
export const loop: Detector = {
  name: "loop",
  reports: ["flow/loop"],
  skip: ({ calls }) =>
    calls.length > 0 && calls.every(({ results }) => results.length === 0)
      ? "no tool results: gen_ai.tool.call.result"
      : null,
  detect: ({ runs }) => runs.flatMap((run) => judge(run) ?? []),
};

const LONGEST_ROUND = 3;
/** Rounds that make a loop: of calls that worked; of calls that failed, which are first of all failures; of a state that says "wait". */
const LEAST = { plain: 3, failed: 5, waiting: 4 };

function judge(run: Run): Finding | null {
  const calls = run.calls.filter(({ requested, results, tool }) => requested && results.length > 0 && tool !== null);
  const signs = calls.map(signOf);
  for (let round = 1; round <= LONGEST_ROUND; round++) {
    const { from, length } = longestRepeat(signs, round);
    const again = round === 1 && isAskedAgain(run.calls.at(-1), calls.at(from + length - 1)) ? 1 : 0;
    const times = Math.floor(length / round) + again;
    const [first, last] = [calls[from], calls[from + length - 1]];
    if (first === undefined || last === undefined || (round > 1 && new Set(signs.slice(from, from + round)).size === 1))
      continue;
    const least = hasFailed(first) ? LEAST.failed : isWaiting(first) ? LEAST.waiting : LEAST.plain;
    if (times < least || times - again < LEAST.plain || hasMovedOn(calls, from + length, first)) continue;
    return callFinding("loop", last, {
      classifier: "flow/loop",
      stage: "consumed",
      weight: 1,
      confidence: times > least ? "certain" : "likely",
      facts: { count: String(times), value: first.results[0]!.content.slice(0, 200) },
      evidence: [last.results[0]!.evidence, first.results[0]!.evidence],
      message: "same call, same result",
    });
  }
  return null;
}

/** The run ended with the same call once more, without an answer. */
function isAskedAgain(last: ToolCall | undefined, before: ToolCall | undefined): boolean {
  if (last === undefined || before === undefined || last === before || last.results.length > 0) return false;
  return last.tool === before.tool && argumentsKey(last.argumentsRaw) === argumentsKey(before.argumentsRaw);
}

/** Tool, arguments and result; object addresses and times that change by themselves do not count. */
function signOf({ tool, argumentsRaw, results }: ToolCall): string {
  const result = results[0]!.content.replaceAll(/0x[0-9a-f]+|\d{4}-\d\d-\d\d[T ][\d:.,]+Z?/gi, "#");
  return `${tool}\n${argumentsKey(argumentsRaw)}\n${result}`;
}

/** The longest stretch in which each sign equals the one a round before it. */
function longestRepeat(signs: readonly string[], round: number): { from: number; length: number } {
  let best = { from: 0, length: 0 };
  for (let from = 0, at = round; at <= signs.length; at++) {
    if (at < signs.length && signs[at] === signs[at - round]) continue;
    if (at - from > best.length && at - from > round) best = { from, length: at - from };
    from = at - round + 1;
  }
  return best;
}

const WAITING =
  /\b(?:pending|processing|queued|in[ _-]progress|running|waiting|not (?:yet )?(?:ready|finished|available yet)|try again later|scheduled|retry[ _-]?after)\b/i;

function isWaiting({ results }: ToolCall): boolean {
  return results[0]!.content.length < 400 && WAITING.test(results[0]!.content);
}

/** The same call gave something else in the end: the wait was worth it. */
function hasMovedOn(calls: readonly ToolCall[], from: number, { tool, argumentsRaw }: ToolCall): boolean {
  const key = argumentsKey(argumentsRaw);
  return calls.slice(from).some((call) => call.tool === tool && argumentsKey(call.argumentsRaw) === key);
}
