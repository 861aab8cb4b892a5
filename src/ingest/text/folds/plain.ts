import { boxFold } from "./box.ts";
import { bodyBelow } from "./body.ts";
import { isBlank, isIndented } from "./fold.ts";
import type { Fold, Verdict } from "./fold.ts";
import {
  isBoxBehind,
  BOX_TRACEBACK,
  ERROR_HEAD,
  isBareTracebackHead,
  isTracebackHead,
  PYTHON_FINAL,
  PYTHON_FRAME,
  SPEAKS_OF_ERROR,
  STACK_FRAME,
  VALIDATION_ERRORS,
} from "./shapes.ts";
import { tracebackFold } from "./traceback.ts";

/**
 * A line with what hangs on it: indented lines, the list or JSON body that it opens, the further lines of an error's
 * message where a stack follows, pydantic's list, and a traceback where the line may be its header.
 */
export function plainFold(first: string, header: boolean): Fold {
  const speaksOfError = SPEAKS_OF_ERROR.test(first.slice(0, 1000));
  const ownsTraceback = !OTHERS_TRACEBACK.test(first.slice(0, 200));
  let list = VALIDATION_ERRORS.test(first);
  const body = bodyBelow(first);
  let stack = false;
  let python = false;
  let waiting = 0;

  const maybe = (): Verdict => {
    waiting += 1;
    return waiting > MOST_WAITING ? "split" : "maybe";
  };
  const join = (): Verdict => {
    waiting = 0;
    return "join";
  };

  function indented(text: string): Verdict | Fold {
    if (isBareTracebackHead(text)) return tracebackFold("frames");
    if (isBoxBehind(text)) return "split";
    if (STACK_FRAME.test(text)) stack = true;
    else if (PYTHON_FRAME.test(text)) python = true;
    else if (waiting > 0 && !list) return "maybe";
    body.indented(text);
    return join();
  }

  function flush(text: string): Verdict | Fold {
    const hangs = body.flush(text);
    if (hangs !== "split") return waiting > 0 ? maybe() : hangs;
    if (isTracebackHead(text) || BOX_TRACEBACK.test(text)) {
      if (!ownsTraceback || stack || (waiting > 0 && !(header && speaksOfError))) return "split";
      return isTracebackHead(text) ? tracebackFold("frames") : boxFold(text);
    }
    if (python && PYTHON_FINAL.test(text)) return tracebackFold("final");
    if (stack) return CAUSED_BY.test(text) ? join() : "split";
    if (ASYNCIO_CONTEXT.test(text) || PRETTY_ISSUE.test(text)) return join();
    if (VALIDATION_ERRORS.test(text) && speaksOfError) list = true;
    if (ERROR_HEAD.test(text) && !(header && speaksOfError && waiting === 0)) return "split";
    body.opens(text);
    return speaksOfError || list ? maybe() : "split";
  }

  return {
    step(text) {
      if (isIndented(text)) return indented(text);
      if (!isBlank(text)) return flush(text);
      body.blank();
      return speaksOfError && !stack && !list ? maybe() : "split";
    },
  };
}

/** So many unindented lines of a message may wait for the stack: each keeps a live reader waiting too. */
const MOST_WAITING = 8;

/** Lines that a traceback right after them does not belong to: JSON, and headers of a quiet level. */
const OTHERS_TRACEBACK = /^\{|:\{"|\b(?:INFO|DEBUG|TRACE)\b|\[(?:info|debug) *\]|\blevel=(?:info|debug)\b/;

const CAUSED_BY = /^caused by: /i;

/** Lines that asyncio's handler writes between message and traceback. */
const ASYNCIO_CONTEXT = /^(?:future|task|handle|transport|protocol|asyncgen|context|source_traceback): </;

/** zod's `prettifyError`. */
const PRETTY_ISSUE = /^\u2716 /;
