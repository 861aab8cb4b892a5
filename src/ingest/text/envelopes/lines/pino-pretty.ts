import type { Envelope } from "../envelope.ts";
import { firstLine } from "../envelope.ts";
import { readLevel } from "../level.ts";
import { timeAt } from "../time.ts";

/**
 * `[12:23:43.487] WARN (name/29573): text`, with properties on lines indented by 4: `    tool: "x"`, objects as JSON over
 * several lines, and errors with their stack indented. Also `WARN [2026-11-24 12:23:43.487 +0000] (name): text` (Mastra).
 */
export const pinoPretty: Envelope = {
  name: "pino-pretty",
  kind: "record",
  first: ["[", "upper"],
  peel(text) {
    const line = firstLine(text);
    const opened = line.indexOf("[");
    if (opened === -1 || opened > 8) return null;
    const at = timeAt(line, opened + 1);
    if (at === null || line.charAt(at.end) !== "]") return null;
    const before = line.slice(0, opened).trim();
    const match = (before === "" ? AFTER : NAME).exec(line.slice(at.end + 1, at.end + 200));
    const level = readLevel(before === "" ? match?.[1] : before);
    if (match === null || level === null) return null;
    const origin = match[2] ?? "";
    const name = origin.includes("/") ? origin.slice(0, origin.lastIndexOf("/")) : origin;
    return {
      text: text.slice(at.end + 1 + match[0].length),
      time: at.time,
      level,
      logger: name === "" || /^\d+$/.test(name) ? null : name,
      fields: readProperties(text),
    };
  },
};

const AFTER = /^ ([A-Z]{4,8})(?: \(([^)\n]{0,150})\))?: ?/;
const NAME = /^ {1,2}()\(([^)\n]{0,150})\): ?/;

/** The properties whose value is one line of JSON; longer ones stay in the text alone. */
function readProperties(text: string): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const match of text
    .slice(0, 20_000)
    .matchAll(/\n {4}([A-Za-z_][\w.-]{0,80}): ("[^\n]*"|-?\d[\d.]{0,20}|true|false|null)(?=\n|$)/g)) {
    if (match[1] === "__proto__") continue;
    try {
      fields[match[1]!] = JSON.parse(match[2]!);
    } catch {
      // Not JSON after all: it is still in the text.
    }
  }
  return fields;
}
