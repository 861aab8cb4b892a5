import type { Classifier, Signature } from "../../records/classifier.ts";
import type { Text } from "../../records/text.ts";
import { isChore, isHarmless, isQuotedLine } from "../harmless.ts";
import type { Match } from "../matcher.ts";
import { resultAllows } from "../result-form.ts";
import { alarms } from "./guards.ts";
import { readClause } from "./read.ts";

/** Reads plain words where no signature matched. Classifiers that are not there (silenced, ignored) name nothing. */
export function openClauses(classifiers: readonly Classifier[]): (text: Text, body: string) => Match | null {
  const known = new Map(classifiers.map((classifier) => [classifier.id, classifier]));
  return (text, body) => {
    if (!PLACES.has(text.place) || (text.place === "log" && CALM_LEVELS.has(text.level ?? ""))) return null;
    const isResult = text.place === "tool-result" && text.flagged !== true;
    const head = body.slice(0, isResult ? RESULT_HEAD : LONGEST);
    if (!TELLING.test(head)) return null;
    // the lines of a stack that was pasted were read one by one: joined they are no sentence
    if (text.breaks !== undefined && STACK.test(head)) return null;
    const isFailure = text.flagged === true || FAILING_PLACES.has(text.place) || FAILING_LEVELS.has(text.level ?? "");
    const clause = readClause(head, isFailure);
    const classifier = clause === null ? undefined : known.get(clause.cause);
    if (clause === null || classifier === undefined) return null;
    const { start, end, facts, isOfAgents } = clause;
    if (isResult && !resultAllows(SAID, text.flagged, body, start)) return null;
    if (text.place === "log" && isHarmless(body, start, end, body === text.text ? text.breaks : [])) return null;
    if (isChore(body, start) || (text.place === "log" && isQuotedLine(body, text.text, start))) return null;
    const line = head.slice(head.lastIndexOf("\n", start) + 1, end);
    const confidence = isFailure || alarms(line) ? "likely" : "possible";
    const weight = clause.cause === "execution/tool-raised" ? 0 : 1;
    return {
      classifier,
      signature: { ...SAID, weight, confidence, needsAgent: !isOfAgents },
      facts,
      body,
      start,
      end,
    };
  };
}

const PLACES = new Set(["log", "exception", "tool-result", "model-error", "status"]);
const FAILING_PLACES = new Set(["exception", "model-error", "status"]);
const FAILING_LEVELS = new Set(["error", "fatal"]);
const CALM_LEVELS = new Set(["info", "debug", "trace"]);

const LONGEST = 16 * 1024;
const RESULT_HEAD = 400;

const STACK = /Traceback \(most recent call last\)|\bFile "[^"\n]{1,300}", line \d|\s{2}at \S{1,200} \(/;

/** A cheap look: most texts that come here tell of no failure. */
const TELLING =
  /not |n['’]t |\bno |fail|error|invalid|unknown|missing|unsupport|exceed|timed|time-?out|den[iy]|reject|refus|block|cancel|abort|clos|exit|trunc|duplicat|already|loop|requir|must|expect|empty|null|limit|exhaust|too |unex|unrec|without|disabled|deadline|incomplete|malformed|unable|cannot|orphan|never|reached/i;

/** The signature of whatever is read so: general words, which count near an agent alone. */
const SAID: Signature = {
  id: "plain-words",
  pattern: null,
  flags: "",
  literals: [],
  in: [],
  facts: {},
  severity: null,
  stage: null,
  confidence: "possible",
  weight: 1,
  needsAgent: true,
  lastResort: true,
  result: "start",
  frameworks: [],
  sequence: null,
};
