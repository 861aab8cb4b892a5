import type { Verdict } from "./fold.ts";

/** What a line opens: a JSON body (or a Python list, a call) by its last bracket, or by a colon a body or list below it. */
export interface Body {
  indented(text: string): void;
  /** An unindented line: whether it is part of the body or list. */
  flush(text: string): Verdict;
  blank(): void;
  /** A line of the record that is no part of the body may open one. */
  opens(text: string): void;
}

export function bodyBelow(first: string): Body {
  let open = OPENS.test(first.trimEnd());
  /** Another value may follow on an unindented line of its own. */
  let more = open;
  let below: "any" | "list" | "nothing" = first.trimEnd().endsWith(":") ? "any" : "nothing";
  let items = 0;

  const opens = (text: string): void => {
    if (!OPENS.test(text)) return;
    open = true;
    more = true;
  };

  function flush(text: string): Verdict {
    const before = below;
    below = "nothing";
    if (open && CLOSES.test(text)) {
      open = OPENS.test(text) || text.endsWith(",");
      more = open;
      items = 0;
      return "join";
    }
    if (open && more && VALUE.test(text) && items < MOST_ITEMS) {
      items += 1;
      more = GOES_ON.test(text);
      return "maybe";
    }
    if (before === "nothing") return "split";
    if (ITEM.test(text)) {
      below = "list";
      return "join";
    }
    if (before === "list" || !BARE.test(text)) return "split";
    opens(text);
    return "join";
  }

  return {
    flush,
    opens: (text) => opens(text.trimEnd()),
    indented(text) {
      if (below === "any") below = "nothing";
      opens(text.trimEnd());
    },
    blank: () => void (below = "nothing"),
  };
}

/** Values that may wait for the closing bracket: each keeps a live reader waiting too. */
const MOST_ITEMS = 100;

const OPENS = /[{[(]$/;
const CLOSES = /^[}\])]/;
const BARE = /^(?:\{|\[\{?|\()$/;
const GOES_ON = /[,:{[(]\s*$/;
/** A value of JSON or Python, or a member of an object. */
const VALUE = /^(?:["'{[(]|-?\d|(?:true|false|null|True|False|None)\b)/;
/** `- x`, `* x`, `1. x`. */
const ITEM = /^(?:[-*\u2022] |\d{1,2}[.)] )\S/;
