import { frameworksIn } from "../ingest/text/exceptions/parse.ts";
import type { Finding } from "../records/finding.ts";
import type { Modifier } from "../records/life.ts";
import type { Text } from "../records/text.ts";
import { excerptOf } from "./excerpt.ts";
import { mask } from "./mask.ts";
import type { Match } from "./matcher.ts";
import { once } from "./once.ts";
import { stackOf } from "./stack-of.ts";
import { functionsCalledByLibraries } from "./stack-tools.ts";

/** The finding of a match in a text. */
export function findingOf(match: Match, text: Text): Finding {
  const { classifier, signature, facts, body } = match;
  const shown = shownOf(match);
  const callId = text.callId ?? facts.callId ?? null;
  const tool = facts.tool === undefined || isSpelling(facts.tool, text.tool) ? text.tool : facts.tool;
  const known = text.scope.framework ?? signature.frameworks[0] ?? null;
  const stack = tool === null || known === null ? framesOf(match) : [];
  const [running] = known === null ? frameworksIn(stack) : [];
  const modifiers: Modifier[] = [
    ...(text.place === "tool-result" && text.flagged !== true ? (["masked"] as const) : []),
    ...(text.recovered === true ? (["recovered"] as const) : []),
  ];
  return {
    classifier: classifier.id,
    layer: classifier.layer,
    stage: signature.stage ?? classifier.stage,
    by: `signature:${signature.id}`,
    confidence: signature.confidence,
    severity: signature.severity ?? classifier.severity,
    weight: signature.weight,
    facts: { ...facts, ...(tool === null ? {} : { tool }), ...(callId === null ? {} : { callId }) },
    tool,
    callId,
    modifiers,
    evidence: [
      {
        ...text.evidence,
        callId,
        line: lineOf(text, body === text.text ? shown.lineIndex : 0),
        excerpt: shown.excerpt,
        highlight: shown.highlight,
      },
    ],
    message: messageOf(match),
    scope: {
      ...text.scope,
      model: facts.model ?? text.scope.model,
      agent: facts.agent ?? text.scope.agent,
      framework: known ?? running?.name ?? null,
      frameworkVersion: text.scope.frameworkVersion ?? running?.version ?? null,
    },
    time: text.time,
    needsAgent: signature.needsAgent,
    ...(tool === null ? { functions: functionsCalledByLibraries(stack) } : {}),
  };
}

/** CrewAI names the model of `find_room`'s arguments `Find_Room`, and its errors that. */
function isSpelling(said: string, known: string | null): boolean {
  return known !== null && said !== known && bare(said) === bare(known);
}

function bare(name: string): string {
  return name
    .slice(0, 200)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "");
}

const shownOf = once(({ body, start, end }: Match) => excerptOf(body, start, end));
const framesOf = once(({ body }: Match) => (body.includes("\n") ? stackOf(body) : []));
const messageOf = once(({ body, start, end }: Match) => mask(body.slice(start, Math.min(end, start + 400))));

/** The source line of the n-th line of a text. In JSON a message's lines are all on one. */
export function lineOf(text: Text, index: number): number | null {
  if (text.evidence.line === null || text.evidence.kind === "message") return text.evidence.line;
  return text.lines === null ? text.evidence.line + index : (text.lines[index] ?? text.evidence.line);
}
