import type { Fold } from "./fold.ts";
import { isBoxBehind, BOX_BOTTOM, BOX_LINE, BOX_TRACEBACK } from "./shapes.ts";
import { tracebackFold } from "./traceback.ts";

/** A panel as rich draws it. A traceback in one is followed by its `Type: message` and may be chained. */
export function boxFold(top: string): Fold {
  const traceback = BOX_TRACEBACK.test(top);
  const column = isBoxBehind(top) ? 0 : top.search(/\S/);
  let open = true;
  return {
    step(text) {
      if (!open || !BOX_LINE.test(text)) return "split";
      if (text.search(/\S/) === column && BOX_BOTTOM.test(text)) {
        if (traceback) return tracebackFold("final");
        open = false;
      }
      return "join";
    },
  };
}
