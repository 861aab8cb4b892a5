import type { Envelope } from "../envelope.ts";
import { firstLine } from "../envelope.ts";
import { readLevel } from "../level.ts";
import { timeAt } from "../time.ts";
import { errorText } from "../json/errors.ts";
import { readPairs } from "./pairs.ts";

/** `2026-11-24T12:32:10.667Z [error    ] event padded to 30   [logger] key='value' ...`, structlog's console. */
export const structlogConsole: Envelope = {
  name: "structlog-console",
  kind: "record",
  first: ["digit", "["],
  peel(text) {
    const line = firstLine(text);
    const at = timeAt(line, 0);
    const level = LEVEL.exec(line.slice(at?.end ?? 0, (at?.end ?? 0) + 16));
    if (level === null || (at === null && !level[0].startsWith("["))) return null;
    const start = (at?.end ?? 0) + level[0].length;
    const tail = TAIL.exec(line.slice(start, start + 4000));
    if (tail === null) {
      const event = line.slice(start).trimEnd();
      return { text: event + text.slice(line.length), time: at?.time ?? null, level: readLevel(level[1]) };
    }
    const pairs = readPairs(line, start + tail.index + tail[0].length);
    return {
      text: line.slice(start, start + tail.index) + text.slice(line.length),
      time: at?.time ?? null,
      level: readLevel(level[1]),
      logger: tail[1] ?? pairs.fields["logger"] ?? null,
      exception: errorText(pairs.fields),
      fields: pairs.fields,
    };
  },
};

const LEVEL = /^ ?\[(debug|info|warning|warn|error|critical|exception|notset)(?: +|(?<=exception))\] /;
/** Where the event ends: the logger's brackets, or the first pair. */
const TAIL = / {1,40}(?:\[([\w.$-]{1,100})\](?: +(?=[\w.-]+=)| *$)|(?=[\w.-]{1,80}=\S))/;
