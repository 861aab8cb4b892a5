import type { Envelope } from "../envelope.ts";
import { firstLine } from "../envelope.ts";
import { peelPrefix } from "../prefix.ts";

/** A runtime's line prefix that is still there (a single line, or one with a traceback behind it). */
export const transport: Envelope = {
  name: "prefix",
  kind: "transport",
  first: ["digit", "[", "upper", "<"],
  peel(text) {
    const line = firstLine(text);
    const prefix = peelPrefix(line);
    if (prefix === null || prefix.needs !== "nothing") return null;
    return {
      name: prefix.envelope,
      text: prefix.text + text.slice(line.length),
      time: prefix.time,
      level: prefix.level ?? null,
    };
  },
};
