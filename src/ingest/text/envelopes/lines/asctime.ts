import type { Envelope } from "../envelope.ts";
import { firstLine } from "../envelope.ts";
import { walkHead } from "./walk.ts";

/** Lines with a time and a level before the message, in any of the orders that `walkHead` knows. */
export const asctime: Envelope = {
  name: "asctime",
  kind: "record",
  first: ["digit", "[", "upper", "other"],
  peel(text) {
    const head = walkHead(firstLine(text));
    if (head === null) return null;
    const { time, level, logger, fields } = head;
    return { text: text.slice(head.end), time, level, logger, fields };
  },
};
