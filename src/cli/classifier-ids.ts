import type { Classifier } from "../index.ts";
import { LAYERS } from "../records/life.ts";
import { UsageError } from "./errors.ts";
import { didYouMean } from "./suggest.ts";

/** The classifier of an id, or of its last part where only one ends so. */
export function findClassifier(word: string, classifiers: readonly Classifier[]): Classifier {
  const exact = classifiers.find(({ id }) => id === word);
  if (exact) return exact;
  const ending = classifiers.filter(({ id }) => id.endsWith(`/${word}`));
  if (ending.length === 1) return ending[0]!;
  if (ending.length > 1) throw new UsageError(`${word} may be ${ending.map(({ id }) => id).join(" or ")}`);
  const names = classifiers.flatMap(({ id }) => [id, id.slice(id.indexOf("/") + 1)]);
  throw new UsageError(`there is no classifier ${word}${didYouMean(word, names)} (misfire classifiers list)`);
}

/** Ids and layers given to a flag, each checked. */
export function checkSelection(flag: string, words: readonly string[], classifiers: readonly Classifier[]): void {
  const known = [...LAYERS, ...classifiers.map(({ id }) => id)];
  for (const word of words) {
    if (!known.includes(word))
      throw new UsageError(
        `--${flag}: there is no cause or layer ${word}${didYouMean(word, known)} (misfire classifiers list)`,
      );
  }
}
