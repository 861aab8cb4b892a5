import type { Signature } from "../records/classifier.ts";

/**
 * A result without an error flag counts only where its form says that it is an error itself: the signature's words stand
 * at its start, behind nothing but the names that frameworks put before an error. A ticket or a log search that quotes
 * an error has other words first.
 */
export function resultAllows(signature: Signature, flagged: boolean | null, body: string, start: number): boolean {
  if (flagged === true || signature.result === "anywhere") return true;
  if (signature.result === "flagged") return false;
  if (body.startsWith("Traceback") && !OWN_FRAME.test(body)) return false;
  return start <= MAX_LEAD && isLead(body.slice(0, start).replace(NAMED, "tool: "));
}

const MAX_LEAD = 240;

/** A traceback of this machine names files by their whole path; one that a ticket or a log quotes mostly does not. */
const OWN_FRAME = /^\s+File "(?:\/|[A-Za-z]:\\)/m;

/** `Error executing get_order: `, the tool's own name before the words. */
const NAMED =
  /\b(?:executing|running|calling|invoking|in) (?:(?:the )?(?:tool|function) )?\\?["'`]?[\w.-]{1,80}\\?["'`]?: /;

/** True when nothing but signs, framework words and exception names stand before the match. One pass, no backtracking. */
function isLead(lead: string): boolean {
  TOKEN.lastIndex = 0;
  for (let at = 0; at < lead.length; at = TOKEN.lastIndex) {
    const token = TOKEN.exec(lead);
    if (token === null) return false;
    const word = token[1]?.toLowerCase();
    if (word !== undefined && !WORDS.has(word) && !/(?:error|exception|failure|warning|fault)$/.test(word))
      return false;
  }
  return true;
}

const TOKEN = /([A-Za-z_][\w.]*)|[^A-Za-z_0-9]+|-?\d{1,5}(?!\d)/y;

/** `Error: `, `[{"type": "text", "text": "`, `ToolException('`, `Error executing tool`, `Traceback (most recent call last)`. */
const WORDS = new Set(
  (
    "a an the tool tools toolset call calls function functions error errors exception failed failure result results output content text type message msg " +
    "detail details status code name iserror is_error success true false null none executing running invoking calling with in while during when " +
    "for of from occurred traceback most recent last please try again mcp agent raised ok reason data structuredcontent textcontent execution validation json n r t"
  ).split(" "),
);
