import { isBlank, SINGLE } from "./fold.ts";
import type { Fold } from "./fold.ts";
import { CHAT_HEAD, DASH_LINE, isBareTracebackHead, STAR_HEAD, STAR_LINE } from "./shapes.ts";

/** A block of the console of AutoGen 0.2 and AG2, told by its first line. */
export function chatFold(first: string): Fold {
  if (CHAT_HEAD.test(first)) return upTo(DASH_LINE, true);
  if (STAR_HEAD.test(first)) return upTo(STAR_LINE, false);
  if (first.startsWith(">>>>>>>> EXECUT") && !first.includes(" CODE BLOCK")) return execution();
  return SINGLE;
}

/** Everything up to a closing line. */
function upTo(closing: RegExp, crashEnds: boolean): Fold {
  let open = true;
  return {
    step(text) {
      if (!open || (crashEnds && isBareTracebackHead(text))) return "split";
      if (isBlank(text)) return "maybe";
      open = !closing.test(text);
      return "join";
    },
  };
}

/** `Call ID`, `Input arguments`, and after `Output:` all that the tool returned. */
function execution(): Fold {
  let output = false;
  return {
    step(text) {
      if (output) {
        if (DASH_LINE.test(text) || isBareTracebackHead(text)) return "split";
        return isBlank(text) ? "maybe" : "join";
      }
      if (text === "Output:") output = true;
      return output || text.startsWith("Call ID:") || text.startsWith("Input arguments:") ? "join" : "split";
    },
  };
}
