import { parseExceptions, type ParsedException } from "../ingest/text/exceptions/parse.ts";

/** The exceptions in a text. The last answer is kept: the match is chosen by them, and then the finding is made of them. */
export function stackOf(body: string): readonly ParsedException[] {
  if (body !== last.body) last = { body, stack: parseExceptions(body) };
  return last.stack;
}

let last: { body: string; stack: readonly ParsedException[] } = { body: "", stack: [] };
