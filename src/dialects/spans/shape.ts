import type { Emit } from "../../records/dialect.ts";
import type { Span } from "../../records/records.ts";
import { pick } from "./attributes.ts";
import { KEYS, type SpanKind } from "./keys.ts";
import { spanDialect } from "./read.ts";
import { nameIn } from "./tool.ts";
import { SCORES } from "./table.ts";

/** No dialect that is known, but a tool's name, a call id or a model's answer is there. */
const known = spanDialect({
  name: "shape",
  score: (span) => (kindOf(span) === "none" ? 0 : SCORES.shape),
  kind: kindOf,
});

/** Also takes spans that it cannot read but that look like calls, to say so under --verbose. */
export const shape: typeof known = {
  ...known,
  score: (span) => known.score(span) || (unread(span) === null ? 0 : 1),
  read(span, emit) {
    if (known.score(span) > 0) known.read(span, emit);
    else note(unread(span), span, emit);
  },
};

function kindOf({ attributes, name }: Span): SpanKind {
  if (pick(attributes, TOOL) !== undefined) return "tool";
  if (
    pick(attributes, MODEL) !== undefined &&
    (MODEL_NAME.test(name) || Object.keys(attributes).some((key) => MODEL_KEYS.test(key)))
  )
    return "model";
  if (pick(attributes, AGENT) !== undefined) return "agent";
  return nameIn(name) !== null && !/\.run$/.test(name) ? "tool" : "none";
}

const TOOL = [
  "gen_ai.tool.name",
  "gen_ai.tool.call.id",
  "tool.name",
  "tool_call.id",
  "tool_call_id",
  "flue.tool.name",
  "function_name",
];
const MODEL = [...KEYS.model, "model"];
const AGENT = ["gen_ai.agent.name", "agent_run_id"];

/** `model_inference`, `llm.call`, `chat gpt-4o`: with a model named beside it, a request to one. */
const MODEL_NAME =
  /(?:^|[._ -])(?:llm|inference|chat|completions?|generate|model[._ -](?:call|request|inference|invoke))(?:$|[._ -])/i;

const MODEL_KEYS =
  /^(?:(?:gen_ai|llm|ai)\.(?:prompt|completion|input|output|response|usage|token_count)|finish_reasons?$)/;

/** An attribute of no known name that speaks of tool calls. */
function unread({ attributes }: Span): string | null {
  for (const key in attributes) if (speaksOfCalls(key)) return key;
  return null;
}

export function speaksOfCalls(key: string): boolean {
  return CALL_KEYS.test(key);
}

const CALL_KEYS =
  /tool[._-]?calls?(?:$|[._])|tool[._-]?(?:name|input|args|arguments|output|result)$|function[._]?call/i;

const noted = new WeakMap<Emit, Set<string>>();

function note(key: string | null, span: Span, emit: Emit): void {
  if (key === null || emit.note === undefined) return;
  let keys = noted.get(emit);
  if (keys === undefined) noted.set(emit, (keys = new Set()));
  if (keys.has(key) || keys.size >= 100) return;
  keys.add(key);
  emit.note(
    `span "${span.name}" of ${span.scope.name || "an unnamed tracer"}: attribute ${key} looks like a tool call, and no dialect reads it`,
  );
}
