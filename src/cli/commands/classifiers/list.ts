import { builtInPack } from "../../../pack.ts";
import { LAYERS, type Layer } from "../../../records/life.ts";
import { loadClassifiers } from "../../../user-packs.ts";
import type { Call } from "../../call.ts";
import { EXIT, UsageError } from "../../errors.ts";
import { didYouMean } from "../../suggest.ts";

/** `misfire classifiers list [--layer LAYER] [--json]`: ids and titles, in the order of a call's life. */
export async function run({ words, values, io }: Call): Promise<number> {
  if (words.length > 0)
    throw new UsageError(`classifiers list takes no argument ${words[0]}; --layer ${words[0]} lists one layer`);
  const { layer } = values;
  if (layer !== null && !(LAYERS as readonly string[]).includes(layer))
    throw new UsageError(
      `--layer: there is no layer ${layer}${didYouMean(layer, LAYERS)}; the layers are ${LAYERS.join(", ")}`,
    );
  const users = await loadClassifiers(values.classifiers);
  const all = [...builtInPack().classifiers, ...users.filter(({ extends: base }) => base === null)];
  const shown = all
    .filter((one) => layer === null || one.layer === layer)
    .sort((a, b) => orderOf(a.layer) - orderOf(b.layer));
  if (values.json) {
    io.out(`${JSON.stringify(shown, null, 2)}\n`);
    return EXIT.ok;
  }
  const width = Math.max(0, ...shown.map(({ id }) => id.length));
  io.out(shown.map(({ id, title }) => `${id.padEnd(width)}  ${title}\n`).join(""));
  return EXIT.ok;
}

function orderOf(layer: Layer): number {
  return LAYERS.indexOf(layer);
}
