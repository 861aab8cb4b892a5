import { isBlank } from "./fold.ts";
import type { Fold } from "./fold.ts";
import { BOX_TRACEBACK, isBareTracebackHead } from "./shapes.ts";

/**
 * A block of AutoGen's Console: its header, then the content up to the next line that starts a record. Calls and
 * results are printed as one Python list on one line, so such a block ends there.
 */
export function consoleFold(): Fold {
  let lines = 0;
  let list = false;
  return {
    step(text) {
      // Where a run crashes, its traceback comes right after the last message.
      if (isBareTracebackHead(text) || BOX_TRACEBACK.test(text)) return "split";
      if (isBlank(text)) return "maybe";
      if (USAGE.test(text)) return "join";
      if (list) return "split";
      lines += 1;
      if (lines === 1 && LIST.test(text)) list = true;
      return "join";
    },
  };
}

const LIST = /^\[Function(?:Call|ExecutionResult)\(.*\)\]$/;
const USAGE = /^\[Prompt tokens: \d+, Completion tokens: \d+\]$/;
