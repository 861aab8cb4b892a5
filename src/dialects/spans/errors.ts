import type { Failure } from "../../records/fact.ts";
import type { Span } from "../../records/records.ts";
import { text } from "../../ingest/json/access.ts";
import { pickText } from "./attributes.ts";
import { KEYS } from "./keys.ts";

/** What a span says of its failure: the last exception event, else error attributes, else its status. Null: nothing failed. */
export interface SpanError extends Failure {
  /** Someone else stopped it. */
  cancelled: boolean;
  /** The status says error, or an attribute does; an exception event alone may be handled. */
  certain: boolean;
  /** The exception events, each once. */
  exceptions: Failure[];
}

export function errorOfSpan(span: Span): SpanError | null {
  const events = span.events.length === 0 ? NONE : exceptionsOf(span);
  const event = events.at(-1);
  const { attributes, status } = span;
  const type = pickText(attributes, KEYS.errorType)?.replace(/^<class '(.+)'>$/, "$1") ?? null;
  const failed = status.code === "error" || type !== null || FAILED.some(([key, value]) => attributes[key] === value);
  if (event === undefined && !failed) return null;
  if (
    event === undefined &&
    span.events.some((each) => CONTROL_FLOW.test(text(each.attributes["exception.type"]) ?? ""))
  )
    return null;
  const said = status.code === "ok" ? null : status.message;
  const failure = {
    type: event?.type ?? type,
    message: event?.message ?? firstWords(said) ?? pickText(attributes, KEYS.errorMessage),
    stack: event?.stack ?? null,
  };
  if (CONTROL_FLOW.test(failure.type ?? "") || CONTROL_FLOW.test(failure.message ?? "")) return null;
  const words = `${failure.type ?? ""}\n${failure.message ?? ""}`;
  return {
    ...failure,
    cancelled: CANCELLED.test(words) && !/time-?d? ?out/i.test(words),
    certain: failed,
    exceptions: events,
  };
}

/** What says that a call failed where the status does not: triage data, Langfuse, Strands (its first versions end with OK), Mastra, Haystack, Genkit. */
const FAILED: readonly (readonly [string, unknown])[] = [
  ["success", false],
  ["error", true],
  ["langfuse.observation.level", "ERROR"],
  ["tool.status", "error"],
  ["gen_ai.tool.status", "error"],
  ["gen_ai.tool.success", false],
  ["haystack.tool.error", true],
  ["genkit:state", "error"],
];

const NONE: Failure[] = [];

/** Exception events, each once: some tracers record the same one twice. */
function exceptionsOf(span: Span): Failure[] {
  const seen = new Set<string>();
  const failures: Failure[] = [];
  for (const { name, attributes } of span.events) {
    if (name !== "exception" && name !== "gen_ai.client.operation.exception") continue;
    const failure = {
      type: text(attributes["exception.type"]),
      message: text(attributes["exception.message"]),
      stack: text(attributes["exception.stacktrace"]),
    };
    const key = `${failure.type}\n${failure.message}`;
    if (Object.values(failure).every((part) => part === null)) continue;
    if (seen.has(key) || CONTROL_FLOW.test(failure.type ?? "")) continue;
    seen.add(key);
    failures.push(withStack(failure));
  }
  return failures;
}

/** The text of an exception that signatures look at: `Type: message` and the stack, which mostly holds both already. */
export function exceptionText({ type, message, stack }: Failure): string {
  const named = type !== null && message?.startsWith(type) === true ? null : type;
  const head = [named, message].filter((part) => part !== null && part !== "").join(": ");
  if (stack === null) return head;
  return message !== null && stack.includes(message) ? stack : `${head}\n${stack}`;
}

/** Exceptions that end an iteration or hand control on; nothing failed. */
const CONTROL_FLOW =
  /(?:^|\.)(?:GeneratorExit|StopIteration|StopAsyncIteration|KeyboardInterrupt|GraphInterrupt|NodeInterrupt|GraphBubbleUp|ParentCommand|CallDeferred|ApprovalRequired)(?:$|\(|:)/;
const CANCELLED =
  /(?:^|\.)(?:CancelledError|AbortError|Cancelled)\b|^(?:The operation was aborted|This operation was aborted|Tool execution cancelled)/m;

/** LangChain's tracers glue the traceback to the words, without a line break. */
function firstWords(message: string | null): string | null {
  if (message === null) return null;
  const at = message.indexOf("Traceback (most recent call last):");
  return at > 0 ? message.slice(0, at) : message;
}

/** LangSmith's exceptions are always `Exception`, and the whole traceback is in the message. */
function withStack(failure: Failure): Failure {
  const { message } = failure;
  const at = message?.indexOf("Traceback (most recent call last):") ?? -1;
  if (message === null || at <= 0) return failure;
  const repr = /^([A-Za-z_][\w.]{0,100})\(/.exec(message)?.[1] ?? null;
  return {
    type: failure.type === "Exception" ? repr : failure.type,
    message: message.slice(0, at),
    stack: message.slice(at).replaceAll("\n\n\n", "\n"),
  };
}
