import type { Stage } from "../records/life.ts";

/**
 * The class that the words of a failed call tell, where no signature knows them. That the call failed is known from its
 * flag, so plain words do; only the first line counts, since what follows may be a body, a listing or a trace.
 */
export function classOfWords(words: string): { classifier: string; stage: Stage } | null {
  const line = words.trimStart().slice(0, LONGEST).split("\n", 1)[0]!;
  const found = WORDS.find(([pattern]) => pattern.test(line));
  return found === undefined ? null : { classifier: found[1], stage: found[2] ?? "executed" };
}

const LONGEST = 240;

const STATUS = "(?:HTTP|status)(?: code)?:? ?";

/** Things whose absence is a fault of the tool's code or of its machine, not of what was asked for. */
const OF_CODE =
  "(?:function|module|package|command|method|attribute|dependency|executable|binary|program|library|driver|column|skill|class|symbol|field|argument|parameter)";

const WORDS: readonly (readonly [pattern: RegExp, classifier: string, stage?: Stage])[] = [
  [any("MCP\\b[^\\n]{0,40}\\btimed out"), "mcp/timeout"],
  [
    any(
      "MCP\\b[^\\n]{0,40}\\b(?:disconnected|not connected|crashed|exited|unreachable)",
      "MCP\\b[^\\n]{0,40}\\bconnection (?:was )?(?:closed|lost|refused|failed)",
      "(?:failed|unable|could not|cannot) (?:to )?connect to (?:the )?MCP",
    ),
    "mcp/connection",
  ],
  [
    any(
      "permission[ _]denied",
      "access[ _](?:is |was )?denied",
      "access to [^\\n]{1,100} denied",
      "(?:un|not )authori[sz]ed",
      "forbidden",
      "insufficient[ _](?:permission|privilege|scope)s?",
      "(?:denied|rejected|declined) by (?:the |a )?(?:user|human|operator|policy)",
      "(?:user|human|operator|approval) (?:has |was )?(?:denied|rejected|declined)",
      `${STATUS}40[13]`,
    ),
    "execution/permission-denied",
  ],
  [any("connection pool (?:is |was )?(?:exhausted|full)", "too many connections"), "concurrency/overload"],
  [
    any(
      "rate[ _-]?limit(?:ed|s)?",
      "too many requests",
      "quota[ _](?:exceeded|exhausted)",
      "resource[ _]?exhausted",
      "service[ _](?:is )?(?:temporarily )?unavailable",
      "bad gateway",
      "gateway time-?out",
      "internal[ _]server[ _]error",
      "connection (?:was )?(?:refused|reset|aborted|closed|lost)",
      "server disconnected",
      "could not (?:connect|reach)",
      "(?:host|network|service|server|backend) (?:is )?unreachable",
      "name resolution",
      `${STATUS}(?:429|5\\d\\d)`,
    ),
    "execution/upstream-error",
  ],
  [any("time(?:d[ _])?-?out", "deadline[ _]exceeded"), "execution/timeout"],
  [
    any("tool(?![A-Za-z])[^\\n]{0,80}(?<![A-Za-z])(?:not[ _]found|does not exist)"),
    "registration/unknown-tool",
    "looked up",
  ],
  [
    any(
      `(?<!\\b${OF_CODE}(?: ['"\`]?[\\w.-]{1,64}['"\`]?)?[ _])(?:not[ _]found|does not exist|doesn't exist|no longer exists)`,
      "no such (?:file|directory|table|record|user|item|object|key|bucket|resource|entity|document|page)",
      `${STATUS}404`,
    ),
    "execution/resource-missing",
  ],
];

/** One of these phrases; `_` in a code stands for a space, so words may begin and end at one. */
function any(...phrases: string[]): RegExp {
  return new RegExp(`(?<![A-Za-z0-9])(?:${phrases.join("|")})(?![A-Za-z0-9])`, "i");
}
