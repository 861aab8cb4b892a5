import { isBlank, SINGLE } from "./fold.ts";
import type { Fold } from "./fold.ts";
import { CHAT_HEAD, DASH_LINE, isBareTracebackHead, STAR_HEAD, STAR_LINE } from "./shapes.ts";

/** A block of the console of AutoGen 0.2 and AG2, told by its first line. */
export function chatFold(first: string): Fold {
  if (CHAT_HEAD.test(first)) return message(false);
  if (STAR_HEAD.test(first)) return message(true);
  if (first.startsWith(">>>>>>>> EXECUT") && !first.includes(" CODE BLOCK")) return execution();
  return SINGLE;
}

/** All up to the line of dashes: text, and any number of calls or results between a head and a row of stars. */
function message(withinStars: boolean): Fold {
  let within = withinStars;
  let open = true;
  return {
    holdsStars: true,
    step(text) {
      if (!open || (!within && isBareTracebackHead(text))) return "split";
      if (isBlank(text)) return "maybe";
      if (STAR_HEAD.test(text)) within = true;
      else if (STAR_LINE.test(text)) within = false;
      else if (!within && DASH_LINE.test(text)) open = false;
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
