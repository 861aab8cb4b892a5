import type { Envelope } from "../envelope.ts";
import { readLevel } from "../level.ts";

/** `##[error]text` of a runner's log and `::error file=a.py,line=1::text` as a step writes it. */
export const githubCommand: Envelope = {
  name: "github-actions",
  kind: "transport",
  first: ["other"],
  peel(text) {
    const logged = /^##\[(error|warning|notice|debug)\]/.exec(text);
    if (logged !== null) return { text: text.slice(logged[0].length), level: readLevel(logged[1]) };
    const match = /^::(error|warning|notice|debug)(?: ([^:\n]{1,300}))?::/.exec(text);
    if (match === null) return null;
    // A step escapes line breaks in the message of a command.
    const end = text.indexOf("\n");
    const line = (end === -1 ? text : text.slice(0, end)).slice(match[0].length);
    const message = line.replace(/%0D/g, "").replace(/%0A/g, "\n").replace(/%25/g, "%");
    const rest = end === -1 ? "" : text.slice(end);
    const inside = message.split("\n").map(() => 0);
    return {
      text: message + rest,
      lineOf: [
        ...inside,
        ...text
          .split("\n")
          .map((_, index) => index)
          .slice(1),
      ],
      level: readLevel(match[1]),
    };
  },
};
