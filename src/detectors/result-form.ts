import { jsonOf } from "../toolcalls/arguments.ts";

/**
 * What the form of a result says, whatever it talks about. `refusal`: a framework's sentence in place of a result;
 * `error-body`: an object that is an error and nothing else; `page`: HTML of a server; `lost-*`: the value went missing on
 * its way to text.
 */
export type ResultForm =
  | "refusal"
  | "error-body"
  | "page"
  | "lost-object"
  | "lost-coroutine"
  | "lost-promise"
  | "empty"
  | "plain";

export interface FormOfResult {
  form: ResultForm;
  /** The error's own words. */
  said: string;
  /** HTTP status, where the text is about one. */
  status: number | null;
}

export function formOf(content: string): FormOfResult {
  if (content.length > LONGEST_KEPT) return read(content);
  let form = FORMS.get(content);
  if (form === undefined) {
    if (FORMS.size >= MOST_KEPT) FORMS.clear();
    FORMS.set(content, (form = read(content)));
  }
  return form;
}

/** Several detectors ask of the same result: at most a few megabytes are remembered. */
const FORMS = new Map<string, FormOfResult>();
const MOST_KEPT = 1024;
const LONGEST_KEPT = 4096;

function read(content: string): FormOfResult {
  const text = inner(content).trim();
  const found = (form: ResultForm, said = text, status: number | null = null): FormOfResult => ({
    form,
    said: said.slice(0, 400),
    status,
  });
  if (text === "" || text === "null" || text === "None" || text === "undefined") return found("empty");
  if (COROUTINE.test(text)) return found("lost-coroutine");
  if (PROMISE.test(text)) return found("lost-promise");
  if (LOST_OBJECT.test(text)) return found("lost-object");
  if (PAGE.test(text))
    return found("page", TITLE.exec(text)?.[1]?.trim() ?? text, statusIn(TITLE.exec(text)?.[1] ?? text.slice(0, 2000)));
  const body = errorBody(text);
  if (body !== null) return found("error-body", body, statusIn(body));
  if (REFUSALS.some((pattern) => pattern.test(text))) return found("refusal", text, null);
  return found("plain");
}

/** Nothing at all, or a container with nothing in it: `[]`, `{"items": [], "total": 0}`, `No results found.` */
export function isNothing(content: string): boolean {
  const text = inner(content).trim();
  if (text.length > LONGEST_NOTHING) return false;
  return (
    formOf(text).form === "empty" || NO_RESULTS.test(text) || isHollow(parsed(text) ?? parsed(pythonAsJson(text)), 0)
  );
}

const LONGEST_NOTHING = 400;
const NO_RESULTS =
  /^(?:No|0|Zero) (?:\w{1,30} ){0,3}(?:found|results?|records?|rows?|matches|entries|data)\b[^\n]{0,100}$/i;

function isHollow(value: unknown, depth: number): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (value === null || value === 0 || value === "") return depth > 0;
  if (typeof value !== "object" || depth > 2) return false;
  const fields = Object.values(value);
  return (
    fields.length === 0 ||
    (fields.some((field) => typeof field === "object") && fields.every((field) => isHollow(field, depth + 1)))
  );
}

/** MCP's and Anthropic's lists of text parts are read as their text, a text written as JSON as what it says. */
function inner(content: string): string {
  if (/^"[\s\S]*"$/.test(content) && content.length <= 1 << 20) {
    const said = parsed(content);
    return typeof said === "string" && !said.startsWith('"') ? inner(said) : content;
  }
  if (RESULT.test(content) && content.length <= 1 << 20) {
    const fields = Object.values(parsed(content.trim()) ?? {});
    return fields.length === 1 && typeof fields[0] === "string" ? inner(fields[0]) : content;
  }
  if (!/^\s*\[\s*\{/.test(content) || content.length > 1 << 20) return content;
  const parts = parsed(content);
  if (!Array.isArray(parts)) return content;
  const texts = parts.map((part: unknown) =>
    typeof part === "object" && part !== null && "text" in part && "type" in part ? part.text : null,
  );
  return texts.every((text) => typeof text === "string") ? texts.join("\n") : content;
}

/** ADK and FastMCP put a text into an object. */
const RESULT = /^\s*\{\s*"(?:result|output)"\s*:\s*"/;

const LOST_OBJECT =
  /^(?:\[object \w+\](?:,\s*\[object \w+\])*|<(?:[\w.]+\.)?\w+ (?:object )?at 0x[0-9a-f]+>|<(?:function|bound method|generator object|async_generator object|map object|filter object|zip object|odict_values|class)\b[^<>]{0,200}>|function \w*\([^)]{0,100}\) \{ \[native code\] \})$/i;
const COROUTINE =
  /^<coroutine object [^<>]{0,200}>$|^<Task (?:pending|finished)\b|^<Future (?:pending|finished)\b|^<_asyncio\.Future /;
const PROMISE = /^\[object Promise\]$|^Promise \{/;
const PAGE = /^(?:<\?xml[^>]{0,200}>\s*)?(?:<!doctype html|<html\b)/i;
const TITLE = /<title[^>]{0,80}>([^<]{0,200})<\/title>/i;
const STATUS = /\b([45]\d\d)\b/;

/** Sentences that frameworks put where the result should be; anchored, since results may talk about errors. */
const REFUSALS = [
  // Pydantic AI: what a validator said, or a tool that raised ModelRetry
  /\n\nFix the errors and try again\.$/,
  /^(?:\[ERROR\] )?[Ee]rror: |^\[ERROR\] /,
  /^Error executing [\w.-]{1,120}: /,
  /^The tool has failed; the error log is shown below\b/,
  /^I encountered an error\b/,
  /^Error in tool ['"`]?[\w.-]{1,120}['"`]?: /,
  /^Toolset error: /,
  /^Error (?:executing|invoking|running|calling) (?:the )?(?:tool|function)\b/i,
  /^(?:An )?error (?:occurred )?while (?:running|parsing|executing|calling|trying)/i,
  /^An error occurred\b/,
  /^Tool (?:'[^'\n]{1,120}'|"[^"\n]{1,120}"|`[^`\n]{1,120}`|[\w.-]{1,120}) (?:arguments validation failed|timed out|not found|not available|execution failed|failed|exceeded|disabled)/i,
  /^Tool not found$/,
  /^Unknown tool\b/i,
  /^Function [\w.-]{1,120} (?:is )?not found/,
  /^Model tried to call unavailable tool/,
  /^(?:AI_\w{1,60}|(?:[a-z_]\w{0,40}\.){0,5}[A-Z]\w{0,60}(?:Error|Exception)): /,
  /^(?:[A-Z]\w{0,60}(?:Error|Exception))\(/,
  /^(?:MCP error -?\d+: )?(?:Input|Output) validation error: /,
  /^MCP error -?\d+: /,
  /^\d+ validation errors?(?: for \S+)?\s*:?\s*(?:\n|$)/,
  /^Invalid (?:input|arguments?|JSON input|parameters?) for (?:tool|function)\b/i,
  /^Argument \S{1,80} is not in the tool's input schema/,
  /^\[\s*\{\s*"(?:type|expected|code|origin|loc)":\s*"(?:missing|extra_forbidden|invalid_\w+|unrecognized_keys|too_\w+|\w+_(?:type|parsing)|literal_error|enum|value_error|string|number|integer|boolean|array|object)"/,
  /^Traceback \(most recent call last\):/,
  /^'[^'\n]{1,80}'$/,
  /\bgot an unexpected keyword argument '|\bmissing \d+ required positional arguments?:/,
  /^(?:Failed|Unable|Cannot|Could not) (?:to )?(?:parse|decode|validate|execute|invoke|find (?:the )?tool)\b/i,
];

const MAIN = ["error", "errors", "exception", "errorMessage", "error_message", "err", "Error"];
/** Keys that describe an error; with any other key beside it the object is data that has an error field. */
const ABOUT = new Set(
  "error errors exception errormessage error_message err message msg detail details status statuscode status_code code type reason hint success ok iserror is_error retryable retry request_id requestid trace_id timestamp time path traceback stack name cause help url errorcode error_code error_type errortype title instance".split(
    " ",
  ),
);

/** The words of an object that is an error, in JSON or as Python prints a dict; null for data that has an error field. */
function errorBody(text: string): string | null {
  if (!/^[{(]/.test(text) || text.length > 1 << 20) return null;
  const value = parsed(text) ?? parsed(pythonAsJson(text));
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const fields = value as Record<string, unknown>;
  const main = MAIN.map((name) => fields[name]).find((field) => isSaid(field)) ?? issuesOf(fields);
  const denies =
    ["success", "ok"].some((name) => fields[name] === false) ||
    ["isError", "is_error"].some((name) => fields[name] === true);
  const isErrorStatus = typeof fields["status"] === "string" && /^(?:error|failure)$/i.test(fields["status"]);
  const isAlone = Object.keys(fields).every((key) => ABOUT.has(key.toLowerCase()) || isBlank(fields[key]));
  const words =
    main ?? (isSaid(fields["message"]) ? fields["message"] : isSaid(fields["detail"]) ? fields["detail"] : undefined);
  if (words === undefined) return null;
  if (
    (main !== undefined && (isAlone || denies || isErrorStatus)) ||
    (main === undefined && isAlone && (isErrorStatus || denies || fields["isError"] === true))
  ) {
    return typeof words === "string" ? words : jsonOf(words);
  }
  return null;
}

/** A validator's list of issues under `error`, or GraphQL's `errors` without data. */
function issuesOf(fields: Record<string, unknown>): unknown[] | undefined {
  const list = fields["error"] ?? (fields["data"] === null ? fields["errors"] : undefined);
  const isIssue = (item: unknown): boolean =>
    typeof item === "object" && item !== null && ("msg" in item || "message" in item);
  return Array.isArray(list) && list.length > 0 && list.every(isIssue) ? list : undefined;
}

/** A field that says nothing beside an error: `response: ""`, `data: null`, `results: []`. */
function isBlank(field: unknown): boolean {
  return field === null || field === "" || (typeof field === "object" && Object.keys(field).length === 0);
}

function isSaid(field: unknown): boolean {
  return (
    (typeof field === "string" && field.trim() !== "") ||
    (typeof field === "object" && field !== null && !Array.isArray(field) && Object.keys(field).length > 0)
  );
}

function parsed(text: string): unknown {
  // most results are sentences, and an exception is dear
  if (!/^[[{"\d-]|^(?:true|false|null)$/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A flat Python dict as JSON: quotes and the three words. Wrong for strings with quotes inside, which then parse as nothing. */
function pythonAsJson(text: string): string {
  if (!text.includes("'")) return "";
  return text
    .replaceAll(/"(?:[^"\\]|\\.)*"|'((?:[^'\\"]|\\.)*)'/g, (whole, single: string | undefined) =>
      single === undefined ? whole : `"${single.replaceAll("\\'", "'")}"`,
    )
    .replaceAll(/\b(?:None|True|False)\b/g, (word) => ({ None: "null", True: "true", False: "false" })[word]!);
}

function statusIn(text: string): number | null {
  const found = STATUS.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}
