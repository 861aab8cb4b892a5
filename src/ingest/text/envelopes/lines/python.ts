import type { Envelope } from "../envelope.ts";
import { firstLine } from "../envelope.ts";
import { readLevel } from "../level.ts";
import { timeAt } from "../time.ts";

/** `ERROR:my.logger:text`, what `logging.basicConfig()` prints. */
export const pythonBasic: Envelope = {
  name: "python-logging",
  kind: "record",
  first: ["upper"],
  peel(text) {
    const match = BASIC.exec(text.slice(0, 300));
    if (match === null) return null;
    return { text: text.slice(match[0].length), level: readLevel(match[1]) ?? numbered(match[1]!), logger: match[2]! };
  },
};

const BASIC = /^(DEBUG|INFO|WARNING|ERROR|CRITICAL|NOTSET|Level \d{1,3}):([^:\s][^:\n]{0,150}):/;
const numbered = (name: string) => (name.startsWith("Level ") ? readLevel(Number(name.slice(6)), "python") : null);

/** `ERROR    my.logger:file.py:12 text`, pytest's section of captured logs. */
export const pytest: Envelope = {
  name: "pytest",
  kind: "record",
  first: ["upper"],
  peel(text) {
    const match = PYTEST.exec(text.slice(0, 300));
    return match === null ? null : { text: text.slice(match[0].length), level: readLevel(match[1]), logger: match[2]! };
  },
};

const PYTEST = /^(DEBUG|INFO|WARNING|ERROR|CRITICAL) +([A-Za-z_][\w.-]{0,100}):[\w.-]{1,100}:\d+ /;

/** `2026-11-24 12:32:10.667 | ERROR    | my.module:func:12 - text`. */
export const loguru: Envelope = {
  name: "loguru",
  kind: "record",
  first: ["digit"],
  peel(text) {
    const line = firstLine(text);
    const at = timeAt(line, 0);
    if (at === null || line.slice(at.end, at.end + 3) !== " | ") return null;
    const match = LOGURU.exec(line.slice(at.end, at.end + 400));
    if (match === null) return null;
    const { 1: level, 2: name, 3: func, 4: row } = match;
    return {
      text: text.slice(at.end + match[0].length),
      time: at.time,
      level: readLevel(level),
      logger: name!,
      fields: { function: func, line: row },
    };
  },
};

const LOGURU = /^ \| (\w+) *\| ([^:\s]{0,200}):([^:\s]{0,100}):(\d+) - /;

/** `E1124 12:32:10.667123   123 file.cc:12] text` (glog, klog, absl). */
export const glog: Envelope = {
  name: "glog",
  kind: "record",
  first: ["upper"],
  peel(text) {
    const match = GLOG.exec(text.slice(0, 200));
    return match === null ? null : { text: text.slice(match[0].length), level: GLOG_LEVELS[match[1]!] ?? null };
  },
};

const GLOG = /^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d{1,9} +\d{1,10} [\w./-]{1,100}:\d+\] /;
const GLOG_LEVELS = { I: "info", W: "warn", E: "error", F: "fatal" } as Record<
  string,
  "info" | "warn" | "error" | "fatal"
>;
