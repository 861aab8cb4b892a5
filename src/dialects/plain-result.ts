import { object } from "../ingest/json/access.ts";
import { parseJsonText } from "../ingest/json/parse.ts";

/** A result's own words: a text that was written as JSON (`json.dumps` of a string), or that frameworks put into `{"result": ...}` (ADK, FastMCP). */
export function plainResult(content: string): string {
  if (!WRAPPED.test(content) || content.length > LONGEST) return content;
  const value = parseJsonText(content);
  const [first, ...more] = typeof value === "string" ? [value] : Object.values(object(value));
  return typeof first === "string" && more.length === 0 ? first : content;
}

/** Sentences by which frameworks flag a result as failed, where their format has no flag: BeeAI's. */
export function saysFailed(content: string): boolean {
  return content.startsWith("The tool has failed; the error log is shown below.");
}

const WRAPPED = /^\s{0,4}(?:"|\{\s{0,10}"(?:result|output)"\s{0,2}:\s{0,2}")/;
const LONGEST = 1 << 20;
