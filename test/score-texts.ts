import { readFileSync } from "node:fs";
import { createAnalyzer } from "../src/index.ts";
import type { Report } from "../src/records/report.ts";

/** A labelled text (test/corpus): the class that a fair expert gives it, others that are right too, and its facts. */
export interface LabelledText {
  id: string;
  text: string;
  expect: string;
  accept: string[];
  facts: Record<string, unknown>;
}

export interface TextScores {
  texts: number;
  right: number;
  facts: number;
  factsRight: number;
  unclassified: [without: number, of: number];
  alarms: [count: number, of: number];
  wrong: { id: string; expect: string; got: string; text: string }[];
  lacking: { id: string; fact: string; expected: unknown; got: unknown }[];
}

/** Diagnoses each text as a file of its own, as ../shared/score/score-texts does. */
export function scoreTexts(rows: readonly LabelledText[]): TextScores {
  const s: TextScores = {
    texts: 0,
    right: 0,
    facts: 0,
    factsRight: 0,
    unclassified: [0, 0],
    alarms: [0, 0],
    wrong: [],
    lacking: [],
  };
  for (const row of rows) {
    const report = diagnoseText(row.text);
    const found = [
      ...report.incidents.filter((i) => !i.modifiers.includes("collateral")),
      ...report.incidents.filter((i) => i.modifiers.includes("collateral")),
    ];
    const answer = found[0]?.classifier ?? (report.unclassified.length > 0 ? "unclassified" : "none");
    let good: boolean;
    if (row.expect === "none") {
      good = ["none", "unclassified", ...row.accept].includes(answer);
      s.alarms[1]++;
      if (!good) s.alarms[0]++;
    } else if (row.expect === "unclassified") {
      good = ["unclassified", "none", ...row.accept].includes(answer);
      s.unclassified[1]++;
      if (good) s.unclassified[0]++;
    } else {
      good = answer === row.expect || row.accept.includes(answer);
      s.texts++;
      if (good) s.right++;
      for (const [name, expected] of Object.entries(row.facts)) {
        s.facts++;
        const values = found
          .filter((i) => i.classifier === answer)
          .flatMap((i) =>
            FACTS[name]!.map((n) =>
              n === "tool"
                ? (i.tool ?? i.facts.tool)
                : n === "callId"
                  ? (i.evidence[0]?.callId ?? i.facts.callId)
                  : i.facts[n as "tool"],
            ),
          );
        if (good && values.some((v) => v != null && same(v, expected))) s.factsRight++;
        else if (good)
          s.lacking.push({ id: row.id, fact: name, expected, got: { by: found[0]?.classifier, ...found[0]?.facts } });
      }
    }
    if (!good) s.wrong.push({ id: row.id, expect: row.expect, got: answer, text: row.text });
  }
  return s;
}

export function readTexts(path: string): LabelledText[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((l) => l !== "")
    .map((l) => JSON.parse(l) as LabelledText);
}

export function diagnoseText(text: string, name = "text.log"): Report {
  const analyzer = createAnalyzer();
  const source = analyzer.source(name);
  source.push(new TextEncoder().encode(`${text}\n`));
  source.end();
  return analyzer.report();
}

const FACTS: Record<string, string[]> = {
  tool: ["tool"],
  argument: ["argument", "param"],
  type: ["expected", "received"],
  provider_status: ["providerStatus"],
  limit: ["limit"],
  call_id: ["callId"],
  model: ["model"],
  tool_count: ["toolCount"],
};

function same(got: string, expected: unknown): boolean {
  const norm = (v: unknown) =>
    String(v)
      .trim()
      .replace(/^['"`]+|['"`]+$/g, "")
      .toLowerCase();
  return (Array.isArray(expected) ? expected : [expected]).some((e) => norm(e) === norm(got));
}
