import { scopeOf } from "../../records/evidence.ts";
import type { Exchange } from "../../records/records.ts";
import { object, text } from "../json/access.ts";
import { parseJsonText } from "../json/parse.ts";
import { answerOf, modelOf } from "../messages/answer.ts";
import { errorOf } from "../messages/error.ts";
import { requestOf } from "../messages/request.ts";
import { assembleEvents } from "../stream/assemble.ts";
import { eventsOf } from "../stream/sse.ts";

/** One HTTP exchange with a model as some log has it; bodies parsed or as text, `events` when the log has the stream parsed. */
export interface RawExchange {
  source: string;
  line: number | null;
  index: number;
  timeNs: bigint | null;
  url: string;
  status: number | null;
  request: unknown;
  response: unknown;
  events: readonly unknown[] | null;
  /** False when the connection was cut. */
  complete: boolean;
  /** The caller went away: what came until then says nothing of the rest. */
  left?: boolean;
}

/** The exchange in neutral terms; null when the request is none to a model. */
export function exchangeOf(raw: RawExchange): Exchange | null {
  const request = bodyOf(raw.request);
  if (!isModelRequest(request, raw.url)) return null;
  const { model, tools, messages, options } = requestOf(request);
  const response = bodyOf(raw.response);
  const events =
    raw.events ??
    (typeof response === "string"
      ? eventsOf(response)
      : Array.isArray(response) && response.length > 1
        ? response
        : null);
  const stream = events === null ? null : assembleEvents(events);
  const error = stream?.error ?? (events === null ? errorOf(response, raw.status) : null);
  const came = stream === null ? (error === null ? answerOf(response) : null) : stream;
  const answered = raw.left === true && came?.complete !== true ? null : came;
  return {
    timeNs: raw.timeNs,
    provider: PROVIDERS.find(([pattern]) => pattern.test(raw.url))?.[1] ?? null,
    model: model ?? GEMINI_MODEL.exec(raw.url)?.[1] ?? stream?.model ?? modelOf(response),
    status: raw.status,
    tools: tools ?? [],
    messages,
    answer: answered && {
      message: answered.message,
      finishReason: answered.finishReason,
      complete: answered.complete && raw.complete,
      ...(stream !== null && stream.faults.length > 0 ? { faults: stream.faults } : {}),
    },
    error,
    options,
    scope: scopeOf(raw.source, { model }),
    line: raw.line,
    index: raw.index,
  };
}

/** A body that came as text, parsed when it is JSON. */
function bodyOf(body: unknown): unknown {
  if (typeof body !== "string") return body;
  const first = body.trimStart()[0];
  return first === "{" || first === "[" ? (parseJsonText(body) ?? body) : body;
}

function isModelRequest(body: unknown, url: string): boolean {
  const json = object(body);
  if (Array.isArray(json["messages"]) || Array.isArray(json["contents"])) return true;
  return (
    ("input" in json || "prompt" in json) &&
    text(json["model"]) !== null &&
    !/\/(?:embeddings|moderations|images|audio)/.test(url)
  );
}

const GEMINI_MODEL = /\/models\/([^/:?]+)[:/?]/;

/** By the host or path of the endpoint. */
const PROVIDERS: readonly (readonly [RegExp, string])[] = [
  [/api\.openai\.com/, "openai"],
  [/\.openai\.azure\.com|\/openai\/deployments\//, "azure"],
  [/anthropic\.com|\/v1\/messages/, "anthropic"],
  [/generativelanguage\.googleapis|aiplatform\.googleapis|:(?:streamG|g)enerateContent/, "google"],
  [/bedrock-runtime|\/converse/, "bedrock"],
  [/openrouter\.ai/, "openrouter"],
  [/api\.groq\.com/, "groq"],
  [/api\.mistral\.ai/, "mistral"],
  [/api\.deepseek\.com/, "deepseek"],
  [/\/api\/chat\b|:11434\b/, "ollama"],
];
