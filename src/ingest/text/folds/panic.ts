import { isBlank, isIndented } from "./fold.ts";
import type { Fold } from "./fold.ts";

/** A Go panic: message, blank, `goroutine 1 [running]:`, pairs of function and indented place, `exit status 2`. */
export function panicFold(): Fold {
  let stack = false;
  return {
    step(text) {
      if (isBlank(text)) return "maybe";
      if (/^goroutine \d+ \[/.test(text)) stack = true;
      else if (!isIndented(text) && !(stack && GO_LINE.test(text)) && !/^\[signal /.test(text)) return "split";
      return "join";
    },
  };
}

const GO_LINE = /^(?:created by |exit status \d|[\w./*()[\]-]+\()/;
