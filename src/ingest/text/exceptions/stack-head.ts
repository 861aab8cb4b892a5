/** The line that names an exception above its stack, or inside the properties of another. */
export interface StackHead {
  /** Where `Type: message` begins. */
  start: number;
  /** Blanks before everything on the line. */
  indent: number;
  /** How it hangs below what holds it; null: a member of a list, or nothing holds it. */
  relation: "cause" | null;
  /** It may stand at the same indent as what holds it (`caused by: `). */
  beside: boolean;
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
  const bare = headOf(BARE.exec(text));
  if (bare?.sure === true) return bare;
  // A property `name: text` is no exception, unless its value names one.
  const keyed = headOf(KEYED.exec(text));
  return keyed?.sure === true ? keyed : bare;
}

function headOf(match: RegExpExecArray | null): StackHead | null {
  if (match === null) return null;
  const { indent, key, open, type, code, rest } = match.groups as Record<string, string | undefined>;
  const sure = code !== undefined || (ERROR.test(type!) && !/^[a-z]\w*$/.test(type!));
  const closes = open !== undefined && /\],?$/.test(rest ?? "");
  const tail = (rest === undefined ? 0 : rest.length + 2) + (code === undefined ? 0 : code.length + 3);
  const colon = rest === undefined && match[0].endsWith(":") ? 1 : 0;
  return {
    start: match[0].length - tail - colon - type!.length,
    indent: indent!.length,
    relation: key === undefined || KEYS_OF_NONE.test(key) ? null : "cause",
    beside: key !== undefined && BESIDE.test(key),
    type: type!,
    code: code ?? null,
    message: (rest ?? "").replace(closes ? /\],?$/ : / \{$/, ""),
    sure,
    bracketed: closes,
  };
}

const NAME = String.raw`(?<open>\[)?(?<type>[A-Za-z_$][\w$.]{0,200})(?: \[(?<code>[\w.]{1,80})\])?(?:: (?<rest>.*)|:?$)`;
const BARE = new RegExp(
  String.raw`^(?<indent>\s{0,100})(?:Uncaught |Unhandled |Exception in thread "[^"]{0,80}" )?${NAME}`,
);
const KEYED = new RegExp(
  String.raw`^(?<indent>\s{0,100})(?<key>\[?[A-Za-z_$][\w$]{0,60}\]?|[Cc]aused by|Suppressed): ${NAME}`,
);

/** Names that an exception has. */
const ERROR = /(?:Error|Exception|Rejection|Interrupt|Failure|Throwable)(?:\d|$)/;
/** A logged key that holds the error itself. */
const KEYS_OF_NONE = /^(?:err|error|e|exception)$/;
/** Those stand at the indent of the exception that they belong to. */
const BESIDE = /^(?:\[cause\]|[Cc]aused by|Suppressed)$/;
