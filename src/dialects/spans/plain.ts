import type { Emit, SpanDialect } from "../../records/dialect.ts";
import { scopeOf } from "../../records/evidence.ts";
import type { Span } from "../../records/records.ts";
import { remember } from "../remember.ts";
import { speaker } from "../speaker.ts";
import { text } from "../../ingest/json/access.ts";
import { errorOfSpan, exceptionText } from "./errors.ts";
import { sayFailure } from "./failure.ts";

/**
 * Spans of the application itself, around and below those of its agent: their exceptions may be all that shows why a run
 * ended. They count only in a trace that has an agent, and wait until one is seen, in whatever order spans come. An exception
 * out of a model's client shows one too: tracers lose the span of a refused request (OpenInference for openai-node never ends it).
 */
export const plain: SpanDialect = {
  name: "plain",
  score: (span) =>
    span.events.some(({ name }) => name === "exception") ||
    (span.status.code === "error" && span.status.message !== null)
      ? 0.5
      : 0,
  read(span, emit) {
    if (isOfAgent(span)) agentSeen(span.traceId, emit);
    const traces = stateOf(emit);
    const waiting = traces.get(span.traceId);
    if (waiting === AGENT) say(span, emit);
    else if (waiting === undefined) remember(traces, span.traceId, [span], MOST_TRACES);
    else if (waiting.length < MOST_SPANS) waiting.push(span);
  },
};

/** Says that a trace has an agent; what waited for that is read. */
export function agentSeen(traceId: string, emit: Emit): void {
  const traces = stateOf(emit);
  const waiting = traces.get(traceId);
  if (waiting === AGENT) return;
  remember(traces, traceId, AGENT, MOST_TRACES);
  for (const span of waiting ?? []) say(span, emit);
}

/** An exception of the class of a model's client or an agent's framework, or thrown in the files of one. */
function isOfAgent({ events }: Span): boolean {
  return events.some(
    ({ name, attributes }) =>
      name === "exception" &&
      (CLASSES.test(text(attributes["exception.type"]) ?? "") ||
        FILES.test(text(attributes["exception.stacktrace"]) ?? "")),
  );
}

const CLASSES =
  /^(?:openai|anthropic|google\.genai|mistralai|groq|cohere|ollama|litellm|langchain\w{0,20}|langgraph|autogen\w{0,20}|crewai|pydantic_ai|smolagents|llama_index|semantic_kernel|haystack|agents|mcp|com\.(?:openai|anthropic|google\.genai|azure\.ai)|dev\.langchain4j|org\.springframework\.ai|Microsoft\.(?:Extensions\.AI|SemanticKernel|Agents)|OpenAI|Anthropic)\./;

const FILES =
  /[\\/](?:(?:site|dist)-packages[\\/](?:openai|anthropic|google[\\/](?:genai|adk)|mistralai|groq|cohere|ollama|litellm|langchain\w{0,20}|langgraph|autogen\w{0,20}|crewai|pydantic_ai|smolagents|llama_index|semantic_kernel|haystack|agents|strands|mcp|fastmcp)|node_modules[\\/](?:openai|@openai|@anthropic-ai|@google[\\/](?:genai|adk)|@mistralai|groq-sdk|cohere-ai|ollama|ai|@ai-sdk|langchain|@langchain|@mastra|@modelcontextprotocol|llamaindex|genkit|@genkit-ai|@strands-agents|@voltagent))[\\/]/;

type Traces = Map<string, Span[] | typeof AGENT>;

const AGENT = Symbol("agent");
const MOST_TRACES = 50_000;
const MOST_SPANS = 32;
const states = new WeakMap<Emit, Traces>();

function stateOf(emit: Emit): Traces {
  let traces = states.get(emit);
  if (traces === undefined) states.set(emit, (traces = new Map()));
  return traces;
}

function say(span: Span, emit: Emit): void {
  const { traceId, spanId, parentSpanId, source } = span;
  const voice = speaker(emit, scopeOf(source, { traceId, spanId, parentSpanId }), {
    kind: "span",
    source,
    line: null,
    traceId,
    spanId,
  });
  const error = errorOfSpan(span);
  if (error === null || !isToModel(span)) return sayFailure(span, voice, error);
  const [said = error] = error.exceptions;
  voice.text("model-error", exceptionText(said), span.endNs, { flagged: true });
}

/** An HTTP client's span below that of a model's request: what fails there is the model's endpoint, and no tool's. */
function isToModel({ attributes }: Span): boolean {
  return MODEL_PATH.test(text(attributes["url.full"]) ?? text(attributes["http.url"]) ?? "");
}

const MODEL_PATH =
  /^\w{4,5}:\/\/[^?#]{1,300}(?:\/chat\/completions|\/completions|\/responses|\/messages|:(?:stream)?[gG]enerateContent|\/converse(?:-stream)?|\/api\/(?:chat|generate)|\/v2\/chat)(?:$|[?#])/;
