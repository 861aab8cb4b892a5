import type { Envelope } from "../envelope.ts";
import { readLevel } from "../level.ts";
import { timeAt } from "../time.ts";

/**
 * AWS Lambda's own lines. Python: `[ERROR]\t<time>\t<request id>\t<text>`; Node: `<time>\t<request id>\tERROR\t<text>`.
 * They carry a process's own output, so what is inside may be any record.
 */
export const lambda: Envelope = {
  name: "lambda",
  kind: "transport",
  first: ["[", "digit"],
  peel(text) {
    const python = /^\[([A-Z]{4,8})\]\t/.exec(text.slice(0, 12));
    const start = python === null ? 0 : python[0].length;
    const at = timeAt(text, start);
    if (at === null) return null;
    const match = REQUEST.exec(text.slice(at.end, at.end + 80));
    if (match === null) return null;
    return {
      text: text.slice(at.end + match[0].length),
      time: at.time,
      level: readLevel(python?.[1] ?? match[2]),
      fields: { request_id: match[1] },
    };
  },
};

const REQUEST =
  /^\t([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|undefined)\t(?:(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\t)?/;
