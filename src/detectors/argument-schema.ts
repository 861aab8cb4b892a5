import type { ToolCall } from "../records/call.ts";
import type { Detector } from "../records/detector.ts";
import type { Facts, Finding } from "../records/finding.ts";
import { callFinding } from "./finding.ts";
import { forgiven, forgivenNote } from "./forgiven-arguments.ts";
import { nearest } from "./nearest.ts";
import { hasFailed, outcomeOf, wordsOf } from "./outcome.ts";
import { recoveredCalls } from "./recovered.ts";
import { violationsOf } from "./schema-check.ts";
import { givesAnswer } from "./structured-call.ts";
import type { Violation } from "./schema-check.ts";

/**
 * The raw arguments against the schema that was offered. Of calls that were answered only what was silently ignored counts,
 * the rest is noted: tools forgive much.
 * A name that the schema does not have, with a required one missing, is a misnamed argument, whatever the validator said.
 */
export const argumentSchema: Detector = {
  name: "argument-schema",
  reports: [
    "arguments/unexpected-argument",
    "arguments/missing-argument",
    "arguments/wrong-type",
    "arguments/invalid-value",
    "registration/signature-mismatch",
    "model/structured-output-failed",
  ],
  skip: ({ calls }) =>
    calls.length > 0 && calls.every(({ schema }) => schema === null)
      ? "no tool definitions: gen_ai.tool.definitions"
      : null,
  detect(the) {
    const recovered = recoveredCalls(the);
    return the.calls.flatMap((call) => judge(call, recovered.has(call.key)) ?? []);
  },
  unsure: ({ calls }) => forgivenNote(calls),
};

function judge(call: ToolCall, isRecovered: boolean): Finding | null {
  if (
    !call.requested ||
    call.schema === null ||
    typeof call.arguments !== "object" ||
    call.arguments === null ||
    Array.isArray(call.arguments)
  )
    return null;
  if (outcomeOf(call) === "ok") return forgiven(call);
  const words = wordsOf(call);
  const violations = violationsOf(call.schema, call.arguments);
  const found = choose(violations, words) ?? (violations.length === 0 ? disagreement(call, words) : null);
  if (found === null) return null;
  const speaks =
    hasFailed(call) && (words.trim() === "" || VALIDATION.test(words) || words.includes(found.facts.argument!));
  return callFinding("argument-schema", call, {
    classifier: givesAnswer(call) ? "model/structured-output-failed" : found.classifier,
    stage: "validated",
    confidence: speaks ? "certain" : "likely",
    weight: speaks ? found.weight : 0,
    facts: found.facts,
    modifiers: isRecovered ? ["recovered"] : [],
    message: `${found.classifier} ${found.facts.argument}`,
  });
}

/** Words of validators, and of frameworks that keep the reason to themselves. */
const VALIDATION =
  /validation|invalid|unexpected|missing|required|argument|parameter|schema|not of type|expected|unrecognized|Please try again|error occurred while running the tool|not one of|should be|must be|not permitted|TypeError|KeyError/i;

interface Choice {
  classifier: string;
  facts: Facts;
  weight: number;
}

function choose(violations: readonly Violation[], words: string): Choice | null {
  const missing = violations.filter(({ kind }) => kind === "missing");
  const unexpected = violations.filter(({ kind }) => kind === "unexpected");
  for (const violation of unexpected) {
    const name = leaf(violation.path);
    const open = missing.filter(({ path }) => parent(path) === parent(violation.path)).map(({ path }) => leaf(path));
    const near = nearest(name, open) ?? nearest(name, violation.names);
    const meant = near ?? (open.length === 1 ? open[0]! : null);
    if (open.length === 0 && !violation.strict && !words.includes(name)) continue;
    return {
      classifier: "arguments/unexpected-argument",
      weight: 3,
      facts: { argument: violation.path, allowed: violation.expected, ...(meant === null ? {} : { nearest: meant }) },
    };
  }
  const [first] = missing;
  if (first !== undefined)
    return {
      classifier: "arguments/missing-argument",
      weight: 1,
      facts: { argument: first.path, received: first.received, allowed: first.expected },
    };
  const rest = violations.filter(({ kind }) => kind === "type" || kind === "value");
  const wrong = rest.find(({ path }) => words.includes(leaf(path))) ?? rest[0];
  if (wrong === undefined) return null;
  if (wrong.kind === "type")
    return {
      classifier: "arguments/wrong-type",
      weight: 1,
      facts: { argument: wrong.path, expected: wrong.expected, received: wrong.received },
    };
  return {
    classifier: "arguments/invalid-value",
    weight: 1,
    facts: { argument: wrong.path, allowed: wrong.expected, value: wrong.received },
  };
}

/** The arguments fit what was offered, and the function still refuses one by name: offer and function are not the same. */
function disagreement({ schema, arguments: given }: ToolCall, words: string): Choice | null {
  const properties = typeof schema === "object" && schema !== null && "properties" in schema ? schema.properties : null;
  if (typeof properties !== "object" || properties === null) return null;
  const refused = /got an unexpected keyword argument '(\w{1,80})'/.exec(words)?.[1];
  const missing = /missing \d+ required (?:positional|keyword-only) arguments?: '(\w{1,80})'/.exec(words)?.[1];
  const argument =
    refused !== undefined && Object.hasOwn(properties, refused) && Object.hasOwn(given as object, refused)
      ? refused
      : missing !== undefined && !Object.hasOwn(properties, missing)
        ? missing
        : null;
  return argument === null ? null : { classifier: "registration/signature-mismatch", weight: 3, facts: { argument } };
}

function leaf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function parent(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf(".")));
}
