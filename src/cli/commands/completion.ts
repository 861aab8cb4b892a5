import { formatNames } from "../../format-names.ts";
import { builtInPack } from "../../pack.ts";
import { bash } from "../completion/bash.ts";
import { fish } from "../completion/fish.ts";
import { zsh } from "../completion/zsh.ts";
import type { Call } from "../call.ts";
import { EXIT, UsageError } from "../errors.ts";
import { LAYERS } from "../../records/life.ts";

/** `misfire completion bash|zsh|fish` */
export async function run({ words, io }: Call): Promise<number> {
  const write = SHELLS[words[0] ?? ""];
  if (!write || words.length > 1) throw new UsageError("completion takes the name of a shell: bash, zsh or fish");
  io.out(write({ ids: builtInPack().classifiers.map(({ id }) => id), layers: LAYERS, formats: formatNames }));
  return EXIT.ok;
}

const SHELLS: Record<string, typeof bash | undefined> = { bash, zsh, fish };
