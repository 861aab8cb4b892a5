import type { Call, Run } from "../call.ts";
import { UsageError } from "../errors.ts";
import { didYouMean } from "../suggest.ts";

/** `misfire classifiers list|show|test|lint|new` */
export async function run(call: Call): Promise<number> {
  const [word = "list", ...rest] = call.words;
  const load = ACTIONS[word];
  if (!load)
    throw new UsageError(
      `classifiers has no action ${word}${didYouMean(word, Object.keys(ACTIONS))} (misfire help classifiers)`,
    );
  const { run: act } = await load();
  return act({ ...call, words: rest });
}

const ACTIONS: Record<string, (() => Promise<{ run: Run }>) | undefined> = {
  list: () => import("./classifiers/list.ts"),
  show: () => import("./explain.ts"),
  test: () => import("./classifiers/test.ts"),
  lint: () => import("./classifiers/lint.ts"),
  new: () => import("./classifiers/new.ts"),
};
