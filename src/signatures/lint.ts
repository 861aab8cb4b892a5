import type { Classifier } from "../records/classifier.ts";
import { FACT_NAMES } from "../records/finding.ts";
import { backtrackingRisk } from "./backtracking.ts";
import { exampleText } from "./examples.ts";
import type { Matcher } from "./matcher.ts";
import { resolve } from "./resolve.ts";

export interface LintProblem {
  classifier: string;
  level: "error" | "warning";
  problem: string;
}

/** What is wrong with classifiers that load: slow patterns, weak literals, unknown captures, facts that no text uses, overlaps. */
export function lintClassifiers(
  classifiers: readonly Classifier[],
  matcher: Matcher,
  detectors: readonly string[],
): LintProblem[] {
  return classifiers.flatMap((c) =>
    RULES.flatMap((rule) => rule(c, { matcher, detectors }).map((p) => ({ classifier: c.id, ...p }))),
  );
}

type Problem = Omit<LintProblem, "classifier">;
type Rule = (classifier: Classifier, around: { matcher: Matcher; detectors: readonly string[] }) => Problem[];

const RULES: Rule[] = [
  (c) =>
    patterns(c).flatMap(([id, pattern]) => {
      const risk = backtrackingRisk(pattern);
      return risk === null ? [] : [error(`signatures.${id}: may backtrack without end: ${risk}`)];
    }),
  (c) =>
    c.signatures.flatMap((s) =>
      s.literals
        .filter((l) => l.length < 6)
        .map((l) =>
          warning(
            `signatures.${s.id}: the literal "${l}" is short and will be found often; put a longer fixed word into the pattern`,
          ),
        ),
    ),
  (c) =>
    patterns(c).flatMap(([id, pattern]) =>
      captures(pattern)
        .filter((name) => !(FACT_NAMES as readonly string[]).includes(name))
        .map((name) => error(`signatures.${id}: the capture ${name} is no fact (docs/facts.md lists them)`)),
    ),
  (c) => {
    const shown = `${c.cause} ${c.fix.summary} ${c.fix.steps.join(" ")}`;
    const unknown = [...shown.matchAll(/\{(\w+)\}/g)]
      .map((m) => m[1]!)
      .filter((n) => !(FACT_NAMES as readonly string[]).includes(n));
    return [...new Set(unknown)].map((n) => error(`cause or fix uses {${n}}, which is no fact`));
  },
  (c) =>
    c.signatures.length === 0 && c.detectors.length === 0 && !c.silence
      ? [error("has neither signatures nor detectors: nothing can find it")]
      : [],
  (c, { detectors }) =>
    c.detectors.filter((d) => !detectors.includes(d)).map((d) => error(`detectors: there is no detector ${d}`)),
  (c) =>
    c.examples.match.length === 0 && c.signatures.length > 0
      ? [error("examples.match is empty: nothing shows that the signatures work")]
      : [],
  (c, { matcher }) =>
    c.examples.match.flatMap((e) => {
      if (e.text === null) return [];
      const won = resolve(matcher.match(exampleText(e.text, e.in, e.flagged)));
      return won === null || won.classifier.id === c.id
        ? []
        : [error(`overlaps with ${won.classifier.id} (${won.signature.id}): it wins on "${e.text.slice(0, 80)}"`)];
    }),
  (c, { matcher }) => {
    const used = new Set(
      c.examples.match
        .flatMap((e) => (e.text === null ? [] : matcher.match(exampleText(e.text, e.in, e.flagged))))
        .filter((m) => m.classifier.id === c.id)
        .map((m) => m.signature.id),
    );
    return c.signatures
      .filter((s) => s.pattern !== null && !used.has(s.id))
      .map((s) => warning(`signatures.${s.id}: no example matches it`));
  },
];

function patterns(c: Classifier): [id: string, pattern: string][] {
  return c.signatures.flatMap((s) => [
    ...(s.pattern === null ? [] : [[s.id, s.pattern] as [string, string]]),
    ...(s.sequence?.steps.map((step) => [s.id, step.pattern] as [string, string]) ?? []),
  ]);
}

function captures(pattern: string): string[] {
  return [...pattern.matchAll(/\(\?<([A-Za-z]\w*)>/g)].map((m) => m[1]!.replace(/\d+$/, ""));
}

function error(problem: string): Problem {
  return { level: "error", problem };
}

function warning(problem: string): Problem {
  return { level: "warning", problem };
}
