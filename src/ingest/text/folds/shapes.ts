/**
 * Shapes of single lines that the folds know. Each is linear: no two neighbouring parts can match the same text.
 */

/** The head of a Python traceback, alone on its line or after a logger's header; exception groups have `  + `. */
export function isTracebackHead(text: string): boolean {
  return text.endsWith("Traceback (most recent call last):");
}

/** A head with nothing before it but indentation, `| ` and `+ `. */
export function isBareTracebackHead(text: string): boolean {
  return isTracebackHead(text) && /^[\s|]*(?:\+ )?(?:Exception Group )?Traceback \(/.test(text);
}

/** `  File "x.py", line 3, in f`; loguru marks the catching frame with `> `. */
export const PYTHON_FRAME = /^(?:>| )\s*File "[^"]*", line \d+/;

/** `Type: message` or `Type` at the end of a traceback. */
export const PYTHON_FINAL = /^[A-Za-z_][\w.<>]*(?::|$)/;

export const CHAIN_MARKER =
  /^(?:The above exception was the direct cause of the following exception|During handling of the above exception, another exception occurred):$/;

/** What jsonschema prints after a blank line within its message. */
export const SCHEMA_NOTE = /^(?:Failed validating \S|On (?:schema|instance)\b).*:$/;

/** Top of a box that rich draws around a traceback, or of any other panel. */
export const BOX_TOP = /^\s*[╭┌┏╔][─━═]/;
/** A panel behind the last line of a live display, which ends without a line break (CrewAI). */
export function isBoxBehind(text: string): boolean {
  // a line of ASCII alone is known at once not to have the sign
  return text.includes("╭") && BOX_BEHIND.test(text);
}
const BOX_BEHIND = /^ {2,40}[^ ╭][^╭]{0,160}╭─{8}[^╭╮]{1,200}╮\s*$/;

export const BOX_TRACEBACK = /^\s*[╭┌┏╔][─━═]+ Traceback \(most recent call last\)/;
export const BOX_LINE = /^\s*[│┃║├┣╠╭┌┏╔╰└┗╚]/;
export const BOX_BOTTOM = /^\s*[╰└┗╚][─━═]/;

/** A line of a JavaScript or Java stack. */
export const STACK_FRAME = /^\s+at \S/;

/** `TypeError: x`, `Uncaught Error`, `APICallError [AI_APICallError]: x`, `Error [ERR_X]: y` at the start of a line. */
export const ERROR_HEAD = /^(?:Uncaught )?(?:[A-Za-z_$][\w$.]*)?(?:Error|Exception|Warning)(?: \[\w+\])?(?::|$)/;

/** Words that let an error's further lines be expected. */
export const SPEAKS_OF_ERROR = /error|exception|fail|fatal|critical|panic|uncaught|unhandled|invalid/i;

/** `2 validation errors for ClaimArgs` (pydantic). */
export const VALIDATION_ERRORS = /\b\d+ validation errors? for \S/;

/** AutoGen's Console: `---------- ToolCallRequestEvent (assistant) ----------`. */
export const CONSOLE_HEAD = /^-{10} \S(?:.*\S)? -{10}$/;

/** AutoGen 0.2 and AG2: `assistant (to user_proxy):`. */
export const CHAT_HEAD = /^[^\s()][^()]{0,100} \(to [^()]{1,100}\):$/;

export const STAR_HEAD = /^\*{5} (?:Suggested|Response from calling) .*\*{5}$/;
export const STAR_LINE = /^\*{5,}$/;
export const DASH_LINE = /^-{80}$/;
export const ARROW_HEAD = /^>{8} ?\S/;

/** LangChain's `pretty_print`: `====== Ai Message ======`. */
export const BANNER = /^={10,} \w{1,30} Message ={10,}$/;

/** smolagents: what a tool returned, or why the model did not answer. */
export const OBSERVATION =
  /^Observations?: |^Error (?:while generating (?:or parsing )?output|in generating (?:model|final LLM) output):$|^(?:Error executing|Invalid call to) tool '[^'\n]{1,100}' with arguments /;
