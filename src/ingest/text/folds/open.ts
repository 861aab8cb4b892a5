import { boxFold } from "./box.ts";
import { chatFold } from "./chat.ts";
import { bannerFold, consoleFold, observationFold } from "./console.ts";
import { isBlank, SINGLE } from "./fold.ts";
import type { Fold } from "./fold.ts";
import { panicFold } from "./panic.ts";
import { plainFold } from "./plain.ts";
import {
  ARROW_HEAD,
  BANNER,
  isBoxBehind,
  BOX_TOP,
  CHAT_HEAD,
  CONSOLE_HEAD,
  isTracebackHead,
  OBSERVATION,
  STAR_HEAD,
} from "./shapes.ts";
import { tracebackFold } from "./traceback.ts";
import { uncaughtFold, UNCAUGHT_PLACE } from "./uncaught.ts";

/** The fold of a record by its first line. `starts`: the line is one that always starts a record (a logger's header). */
export function openFold(first: string, starts: boolean): Fold {
  if (isBlank(first)) return SINGLE;
  if (isTracebackHead(first)) return tracebackFold("frames");
  if (BOX_TOP.test(first) || isBoxBehind(first)) return boxFold(first);
  if (CONSOLE_HEAD.test(first)) return consoleFold();
  if (CHAT_HEAD.test(first) || STAR_HEAD.test(first) || ARROW_HEAD.test(first)) return chatFold(first);
  if (BANNER.test(first)) return bannerFold();
  if (OBSERVATION.test(first)) return observationFold();
  if (UNCAUGHT_PLACE.test(first)) return uncaughtFold();
  if (first.startsWith("panic: ") || first.startsWith("fatal error: ")) return panicFold();
  // A whole JSON object is a record by itself: an indented line after it is another's.
  if (first.startsWith('{"') && first.endsWith("}")) return SINGLE;
  return plainFold(first, starts);
}
