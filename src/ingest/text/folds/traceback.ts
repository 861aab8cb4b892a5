import { boxFold } from "./box.ts";
import { isBlank, isIndented } from "./fold.ts";
import type { Fold, Verdict } from "./fold.ts";
import { BOX_TRACEBACK, CHAIN_MARKER, isBareTracebackHead, PYTHON_FINAL, PYTHON_FRAME, SCHEMA_NOTE } from "./shapes.ts";

/**
 * frames: after a head. final: after `Type: message`. blank: after the blank line behind that, where a chain may go
 * on. marker: after "The above exception ..." or "During handling ...".
 */
export type TracebackState = "frames" | "final" | "blank" | "marker";

/**
 * A Python traceback with its chain. Lines of an exception group are all indented, so they need no state of their own.
 */
export function tracebackFold(from: TracebackState): Fold {
  let state = from;
  let last = "";
  let frames = 0;
  let gap = 0;
  let message = 0;
  let oneLine = false;

  const go = (to: TracebackState, text = ""): Verdict => {
    state = to;
    oneLine = ONE_LINE.test(text);
    gap = 0;
    message = 0;
    return "join";
  };

  function blank(): Verdict {
    gap += 1;
    if (gap > MOST_BLANK) return "split";
    if (state === "final") state = "blank";
    return "maybe";
  }

  function indented(text: string): Verdict | Fold {
    if (state === "blank") return "split";
    if (state === "marker" && BOX_TRACEBACK.test(text)) return boxFold(text);
    if (state === "marker") return go("frames");
    if (state === "frames") frames += 1;
    gap = 0;
    if (GROUP_END.test(text)) {
      // What is printed after the tree of a group is no part of a message; only a chain may go on.
      state = "final";
      message = MOST_MESSAGE;
    }
    return "join";
  }

  function flush(text: string): Verdict | Fold {
    if (CHAIN_MARKER.test(text)) return go("marker");
    if (state === "marker") {
      if (BOX_TRACEBACK.test(text)) return boxFold(text);
      if (isBareTracebackHead(text)) return go("frames");
      return PYTHON_FINAL.test(text) ? go("final", text) : "split";
    }
    if (state === "blank") return SCHEMA_NOTE.test(text) ? go("final") : "split";
    if (isBareTracebackHead(text)) return state === "final" && last === "Traceback:" ? go("frames") : "split";
    if (state === "final") {
      if (oneLine && !NOTE.test(text)) return "split";
      message += 1;
      return message > MOST_MESSAGE ? "split" : "join";
    }
    if (PYTHON_FRAME.test(text)) return go("frames");
    return PYTHON_FINAL.test(text) && (gap === 0 || frames > 0) ? go("final", text) : "split";
  }

  return {
    step(text) {
      const verdict = isBlank(text) ? blank() : isIndented(text) ? indented(text) : flush(text);
      last = text;
      return verdict;
    },
  };
}

/** Blank lines in a row within a traceback (loguru and joined formats have one). */
const MOST_BLANK = 2;

/** Unindented lines after `Type: message` that are taken for the rest of the message and its notes. */
const MOST_MESSAGE = 40;

/** What Python itself raises says it in one line: what stands behind is somebody else's. */
const ONE_LINE =
  /^(?:(?:Attribute|Type|Key|Index|ZeroDivision|FileNotFound|Name|ModuleNotFound|UnboundLocal|Recursion|ConnectionRefused|Permission)Error(?::|$)|ValueError: <Token var=)/;

/** Notes added to an exception, texts that libraries end with a line of their own, and what logging adds to an error of its own. */
const NOTE =
  /^(?:During task with name |For (?:more|further) information\b|Did you mean\b|The above exception |Call stack:$|Message: |Arguments: )/;

const GROUP_END = /^\s+\+-{10,}$/;
