import { builtInPack } from "../../pack.ts";
import { explain } from "../../reporters/explain.ts";
import { loadClassifiers } from "../../user-packs.ts";
import { findClassifier } from "../classifier-ids.ts";
import { wantsColor } from "../color.ts";
import type { Call } from "../call.ts";
import { EXIT, UsageError } from "../errors.ts";

/** `misfire explain ID` and `misfire classifiers show ID` */
export async function run({ words, values, io }: Call): Promise<number> {
  const [word, ...others] = words;
  if (word === undefined || others.length > 0)
    throw new UsageError(
      "explain takes one classifier id, such as arguments/unexpected-argument (misfire classifiers list)",
    );
  const users = await loadClassifiers(values.classifiers);
  const classifier = findClassifier(word, [...users.filter(({ silence }) => !silence), ...builtInPack().classifiers]);
  io.out(explain(classifier, { width: io.columns, color: wantsColor(values.color, io) }));
  return EXIT.ok;
}
