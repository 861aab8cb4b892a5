import { detectors } from "./detectors/index.ts";
import { createWuManber } from "./ingest/text/wu-manber.ts";
import type { Classifier } from "./records/classifier.ts";
import { testExamples, type ExampleFailure } from "./signatures/examples.ts";
import { lintClassifiers, type LintProblem } from "./signatures/lint.ts";
import { literalSet } from "./signatures/literal-set.ts";
import { createMatcher } from "./signatures/matcher.ts";

export { draftClassifier } from "./signatures/new-classifier.ts";
export type { ExampleFailure, LintProblem };

/** For those who write classifiers: `wanted` are tested and checked among `all`, since they compete for the same texts. */
export interface ClassifierTools {
  test(wanted: readonly Classifier[]): ExampleFailure[];
  lint(wanted: readonly Classifier[]): LintProblem[];
}

export function classifierTools(all: readonly Classifier[]): ClassifierTools {
  const literals = literalSet(...all.flatMap((classifier) => classifier.signatures.map(({ literals }) => literals)));
  const matcher = createMatcher(all, literals, () => createWuManber(literals.list));
  return {
    test: (wanted) => testExamples(wanted, matcher),
    lint: (wanted) =>
      lintClassifiers(
        wanted,
        matcher,
        detectors.map(({ name }) => name),
      ),
  };
}
