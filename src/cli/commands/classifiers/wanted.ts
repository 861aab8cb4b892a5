import type { Classifier } from "../../../index.ts";
import { builtInPack } from "../../../pack.ts";
import { loadClassifiers } from "../../../user-packs.ts";
import type { Call } from "../../call.ts";

/** The classifiers of the folders that were named, else all; and all that they compete with. */
export async function wantedOf({
  words,
  values,
}: Call): Promise<{ wanted: readonly Classifier[]; all: readonly Classifier[] }> {
  const users = await loadClassifiers([...values.classifiers, ...words]);
  const replaced = new Set(users.map(({ id }) => id));
  const all = [...users, ...builtInPack().classifiers.filter(({ id }) => !replaced.has(id))];
  const { layer } = values;
  return { wanted: (words.length > 0 ? users : all).filter((one) => layer === null || one.layer === layer), all };
}
