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

/** A message as LangChain prints it: up to the next line that starts a record. */
export function bannerFold(): Fold {
  return upTo(NEVER);
}

/** What smolagents prints of a result: up to the line that ends the step, or the next panel. */
export function observationFold(): Fold {
  return upTo(STEP_END);
}

function upTo(end: RegExp): Fold {
  return {
    step(text) {
      if (end.test(text) || isBareTracebackHead(text) || BOX_TRACEBACK.test(text)) return "split";
      return isBlank(text) ? "maybe" : "join";
    },
  };
}

const NEVER = /(?!)/;
const STEP_END = /^(?:\[Step \d|Final answer: |\u2501{5}|\u256d\u2500)/;
const LIST = /^\[Function(?:Call|ExecutionResult)\(.*\)\]$/;
const USAGE = /^\[Prompt tokens: \d+, Completion tokens: \d+\]$/;
