import type { Envelope } from "../envelope.ts";
import { firstLine } from "../envelope.ts";
import { errorText } from "../json/errors.ts";
import { readLevel } from "../level.ts";
import { readTime } from "../time.ts";
import { readPairs } from "./pairs.ts";

const MESSAGE = ["msg", "message", "event"];
const TIME = ["time", "ts", "timestamp", "t", "at"];
const LEVEL = ["level", "lvl", "severity"];
const LOGGER = ["logger", "component", "caller", "name"];

/** `time=... level=error msg="..." key=value`: at least two pairs, and among them a message with a level or a time. */
export const logfmt: Envelope = {
  name: "logfmt",
  kind: "record",
  first: ["lower"],
  peel(text) {
    if (!START.test(text.slice(0, 80))) return null;
    const line = firstLine(text);
    if (line.length > LONGEST) return null;
    const { fields, count, end } = readPairs(line, 0);
    const message = take(fields, MESSAGE);
    const level = take(fields, LEVEL);
    const time = take(fields, TIME);
    if (count < 2 || message === null || (level === null && time === null) || line.slice(end).trim() !== "")
      return null;
    return {
      text: message + text.slice(line.length),
      lineOf: linesOf(message, text),
      time: readTime(time),
      level: readLevel(level),
      logger: take(fields, LOGGER),
      exception: errorText(fields),
      fields,
    };
  },
};

const LONGEST = 65_536;
const START = /^[a-z@][\w.@/-]{0,60}=/;

/** All lines of the message stand on line 0; what follows keeps its line. */
function linesOf(message: string, text: string): number[] {
  const inside = message.split("\n").map(() => 0);
  return [
    ...inside,
    ...text
      .split("\n")
      .map((_, index) => index)
      .slice(1),
  ];
}

function take(fields: Record<string, string>, names: readonly string[]): string | null {
  const name = names.find((each) => Object.hasOwn(fields, each));
  if (name === undefined) return null;
  const value = fields[name]!;
  delete fields[name];
  return value;
}
