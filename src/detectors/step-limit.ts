import type { Detector } from "../records/detector.ts";
import { runFinding } from "./finding.ts";

/** A run that its framework stopped at a limit, as its end says. */
export const stepLimit: Detector = {
  name: "step-limit",
  reports: ["flow/step-limit"],
  skip: ({ runs }) =>
    runs.length > 0 && runs.every(({ ended }) => ended === null)
      ? "no ends of runs: status or stop reason of the root span"
      : null,
  detect: ({ runs }) =>
    runs.flatMap((run) => {
      const reason = run.ended?.reason ?? "";
      if (run.ended === null || run.ended.outcome === "ok" || !LIMIT.test(reason) || RATE.test(reason)) return [];
      const limit = /\d+/.exec(reason)?.[0];
      return runFinding("step-limit", run, {
        classifier: "flow/step-limit",
        stage: null,
        weight: 0,
        confidence: "likely",
        // a chat that was told to end after so many turns has ended as planned
        severity: PLANNED.test(reason) ? "info" : "error",
        facts: { value: reason.slice(0, 200), ...(limit === undefined ? {} : { limit }) },
        modifiers: PLANNED.test(reason) ? [] : ["fatal"],
        evidence: [run.ended.evidence],
        message: "run stopped at a limit",
      });
    }),
};

const PLANNED = /^Maximum (?:turns|rounds) \(\d+\) reached/;
/** The provider's limit of requests in a time, or of a quota, is no limit of the run. */
const RATE = /\brate[ _-]?limit|\bper (?:second|min|minute|hour|day)\b|\bquota\b|\b429\b/i;
const LIMIT =
  /\b(?:max(?:imum)?|limit)\b[^\n]{0,60}\b(?:turns?|iterations?|steps?|messages?|rounds?|requests?|auto-repl(?:y|ies))\b|\b(?:recursion|iteration|step|turn|request)[ _-]?limit\b|GraphRecursionError|MaxTurnsExceeded|UsageLimitExceeded/i;
