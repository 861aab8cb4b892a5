/** The line that names an exception above its stack, or inside the properties of another. */
export interface StackHead {
  /** Where `Type: message` begins. */
  start: number;
  /** Blanks before everything on the line. */
  indent: number;
  /** How it hangs below what holds it; null: a member of a list, or nothing holds it. */
  relation: "cause" | null;
  type: string;
  code: string | null;
  message: string;
  /** The name says by itself that it is an error. */
  sure: boolean;
  /** `[TypeError: text]`: no stack follows. */
  bracketed: boolean;
}

/** Reads `TypeError: text`, `APICallError [AI_APICallError]: text`, `[cause]: Error: text`, `Caused by: a.b.C: text`, ... */
export function readStackHead(text: string): StackHead | null {
  const match = HEAD.exec(text);
  if (match === null) return null;
  const [whole, indent, key, opened, type, code, rest] = match;
  const sure = code !== undefined || /(?:Error|Exception|Rejection|Interrupt|Failure|Throwable)(?:\d|$)/.test(type!);
  // A property `name: text` is no exception, unless its value names one.
  if (key !== undefined && !sure) return null;
  const start = whole!.length - (rest === undefined ? 0 : rest.length + 2) - (code === undefined ? 0 : code.length + 3);
  const closes = opened !== undefined && /\],?$/.test(rest ?? "");
  const body = (rest ?? "").replace(closes ? /\],?$/ : / \{$/, "");
  return {
    start: start - type!.length,
    indent: indent!.length,
    relation: key === undefined || KEYS_OF_NONE.test(key) ? null : "cause",
    type: type!,
    code: code ?? null,
    message: body,
    sure,
    bracketed: closes,
  };
}

const HEAD =
  /^(\s{0,100})(?:(?:(\[?[A-Za-z_$][\w$]{0,60}\]?|[Cc]aused by|Suppressed): )?(?:Uncaught |Unhandled |Exception in thread "[^"]{0,80}" )?)(\[)?([A-Za-z_$][\w$.]{0,200})(?: \[([\w.]{1,80})\])?(?:: (.*)|:?$)/;

/** A logged key that holds the error itself. */
const KEYS_OF_NONE = /^(?:err|error|e|exception)$/;
