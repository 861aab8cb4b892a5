import { object } from "../ingest/json/access.ts";
import { parseJsonText } from "../ingest/json/parse.ts";
import { observation } from "./react.ts";

/** A result's own words: a text that was written as JSON (`json.dumps` of a string), or that frameworks put into `{"result": ...}` (ADK, FastMCP). */
export function plainResult(content: string): string {
  if (saysFailed(content)) return observation(content).content;
  if (!WRAPPED.test(content) || content.length > LONGEST) return content;
  const value = parseJsonText(content);
  const [first, ...more] = typeof value === "string" ? [value] : Object.values(object(value));
  return typeof first === "string" && more.length === 0 ? first : content;
}

/** Sentences by which frameworks flag a result as failed, where their format has no flag: BeeAI's and CrewAI's. */
export function saysFailed(content: string): boolean {
  return FAILED.test(content);
}

const FAILED =
  /^\s{0,4}(?:The tool has failed; the error log is shown below\.|I encountered an error while trying to use the tool\. This was the error: )/;

const WRAPPED = /^\s{0,4}(?:"|\{\s{0,10}"(?:result|output)"\s{0,2}:\s{0,2}")/;
const LONGEST = 1 << 20;
