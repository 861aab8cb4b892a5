import { isBlank } from "./fold.ts";
import type { Fold } from "./fold.ts";
import { plainFold } from "./plain.ts";

/** Where Node says that an exception was not caught: `file:///app/x.js:12`, `node:internal/...:394`, `C:\x.js:3`. */
export const UNCAUGHT_PLACE = /^(?:file:\/\/\/|node:|\/|[A-Za-z]:\\)\S.*:\d+$/;

/** The place, its source line, a caret line, a blank line, and the error with its stack. */
export function uncaughtFold(): Fold {
  let lines = 0;
  let caret = false;
  return {
    step(text) {
      lines += 1;
      if (caret) return isBlank(text) ? "maybe" : plainFold(text, false);
      if (isBlank(text) || lines > 4) return "split";
      caret = /^\s*\^+\s*$/.test(text);
      return caret ? "join" : "maybe";
    },
  };
}
