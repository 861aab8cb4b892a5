import type { Envelope } from "../envelope.ts";
import { firstLine } from "../envelope.ts";
import { errorText } from "../json/errors.ts";
import { parseObject } from "../json/parse.ts";
import { readLevel } from "../level.ts";

/** `error: text {"tool":"x","stack":"..."}`, winston's `simple()`. Without the JSON it is anybody's line. */
export const winstonSimple: Envelope = {
  name: "winston",
  kind: "record",
  first: ["lower"],
  peel(text) {
    const match = /^(error|warn|help|data|info|http|verbose|prompt|debug|input|silly): /.exec(text.slice(0, 10));
    if (match === null) return null;
    const line = firstLine(text);
    if (!line.endsWith("}")) return null;
    let at = line.indexOf(" {", match[0].length - 1);
    for (let tries = 0; tries < 3 && at !== -1; tries++) {
      const fields = parseObject(line.slice(at + 1));
      if (fields !== null) {
        return {
          text: line.slice(match[0].length, at) + text.slice(line.length),
          level: readLevel(match[1]),
          exception: errorText(fields),
          fields,
        };
      }
      at = line.indexOf(" {", at + 1);
    }
    return null;
  },
};
