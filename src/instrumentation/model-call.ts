import { context, SpanKind, SpanStatusCode, trace, type Attributes, type Context, type Span } from "./api.ts";
import { answerOf, assembler } from "../provider-messages.ts";
import type { Exchange } from "../records/records.ts";
import { messagesJson } from "./content.ts";
import { errorType, isAbort, recordError } from "./error.ts";
import { guarded } from "./guard.ts";
import { consumedBy } from "./consumed.ts";
import { mergeFields } from "./merge-fields.ts";
import { offeredIn } from "./offered.ts";
import { addCalls } from "./pending.ts";
import { requestAttributes, responseAttributes, usageOf } from "./model-attributes.ts";
import type { ModelRequest } from "./model-request.ts";
import { currentRun, isLoose } from "./run.ts";
import { settings } from "./settings.ts";
import { meters, tracer } from "./telemetry.ts";
import { warnOfRequest, warnOfSharedHistory } from "./warnings.ts";

/** One model call from request to the end of its answer. Every method may be called at any time; what comes after the end is ignored. */
export interface ModelCall {
  readonly span: Span;
  /** Under it the request is sent, so that HTTP spans hang below. */
  readonly context: Context;
  /** An attempt that failed and may be repeated. */
  attemptFailed(status: number | null, retryAfter: string | null, error: unknown): void;
  /** One event of a streamed answer. */
  chunk(event: unknown): void;
  /** The whole answer, or the end of a stream (then without a body). */
  answered(body?: unknown): void;
  failed(error: unknown): void;
  /** The events so far make a whole answer. */
  complete(): boolean;
  /** The caller stopped reading (`return`), aborted, or let go of the stream. */
  stopped(how: "returned" | "aborted" | "abandoned" | "raw"): void;
}

export function openModelCall(request: ModelRequest): ModelCall {
  const { body } = request;
  const run = currentRun();
  const parent = context.active();
  const started = performance.now();
  const model = typeof body["model"] === "string" ? body["model"] : null;
  const common: Attributes = {
    "gen_ai.operation.name": request.operation,
    "gen_ai.provider.name": request.provider,
    ...(model === null ? {} : { "gen_ai.request.model": model }),
  };
  const offered = guarded(() => offeredIn(body["tools"])) ?? null;
  const span = tracer().startSpan(
    model === null ? request.operation : `${request.operation} ${model}`,
    {
      kind: SpanKind.CLIENT,
      attributes: { ...common, ...guarded(() => requestAttributes(request, offered)) },
      links: guarded(() => consumedBy(run, body)) ?? [],
    },
    parent,
  );
  guarded(() => warnOfRequest(span, request.provider, body));
  guarded(() => warnOfSharedHistory(span, run, body));
  run.modelCalls += 1;
  const stream = assembler();
  let attempts = 0;
  let chunks = 0;
  let first: number | null = null;
  let raw: Record<string, unknown> = {};
  let ended = false;

  /** Ends the span once, whatever comes first. */
  const finish = (write: () => void): void => {
    if (ended) return;
    ended = true;
    openCalls.delete(call);
    guarded(write);
    guarded(() => {
      // The last failed attempt was not repeated, unless an answer has begun.
      const retries = failure !== null && chunks === 0 ? attempts - 1 : attempts;
      if (retries > 0) span.setAttribute("misfire.retries", retries);
      if (chunks > 0) span.setAttribute("misfire.stream.chunks", chunks);
    });
    guarded(() => span.end());
    guarded(() =>
      meters().model(
        (performance.now() - started) / 1000,
        failure === null ? common : { ...common, "error.type": failure },
      ),
    );
  };
  let failure: string | null = null;

  const tell = (answer: NonNullable<Exchange["answer"]>): void => {
    const { message, finishReason } = answer;
    const hasContent = settings().content && message.text !== null;
    if (message.calls.length > 0 || hasContent)
      span.setAttribute("gen_ai.output.messages", messagesJson([message], finishReason));
    if (finishReason !== null) span.setAttribute("gen_ai.response.finish_reasons", [finishReason]);
    if (answer.faults !== undefined && answer.faults.length > 0)
      span.setAttribute("misfire.stream.faults", answer.faults);
  };
  const tellUsage = (from: Record<string, unknown>): void => {
    const usage = usageOf(from);
    span.setAttributes(responseAttributes(from, usage));
    if (usage.input !== null) meters().tokens(usage.input, "input", common);
    if (usage.output !== null) meters().tokens(usage.output, "output", common);
  };
  const remember = (answer: NonNullable<Exchange["answer"]>): void =>
    addCalls(run, answer.message.calls, {
      span,
      context: trace.setSpan(parent, span),
      parent,
      offered,
      truncated: answer.finishReason === "length",
    });

  const call: ModelCall = {
    span,
    context: trace.setSpan(parent, span),
    attemptFailed(status, retryAfter, error) {
      attempts += 1;
      guarded(() =>
        span.addEvent("misfire.attempt_failed", {
          "misfire.attempt": attempts,
          ...(status === null ? {} : { "http.response.status_code": status }),
          ...(retryAfter === null ? {} : { "http.response.header.retry-after": retryAfter }),
          ...(error === null ? {} : { "error.type": errorType(error) }),
        }),
      );
    },
    chunk(event) {
      if (ended) return;
      chunks += 1;
      if (first === null) {
        first = (performance.now() - started) / 1000;
        const seconds = first;
        guarded(() => {
          span.setAttribute("gen_ai.response.time_to_first_chunk", seconds);
          meters().firstChunk(seconds, common);
        });
      }
      guarded(() => {
        stream.push(event);
        raw = mergeFields(raw, event);
      });
    },
    complete: () => guarded(() => stream.result().complete) ?? false,
    answered(answerBody) {
      finish(() => {
        const result = stream.result();
        const answer = answerBody === undefined ? (chunks === 0 ? null : result) : answerOf(answerBody);
        tellUsage(answerBody === undefined ? raw : (answerBody as Record<string, unknown>));
        if (answer === null) return;
        tell(answer);
        if (answerBody === undefined && !result.complete) return cut(result);
        remember(answer);
      });
    },
    failed(error) {
      finish(() => {
        if (chunks > 0) {
          const result = stream.result();
          tellUsage(raw);
          tell(result);
          span.setAttribute("misfire.stream.outcome", isAbort(error) ? "aborted" : "dropped");
        }
        failure = errorType(error);
        recordError(span, error, {}, chunks > 0 && !isAbort(error) ? `${CUT}: ` : "");
      });
    },
    stopped(how) {
      finish(() => {
        span.setAttribute("misfire.stream.outcome", how);
        if (chunks === 0) return;
        tellUsage(raw);
        // What came so far is no whole answer, and nobody took it for one.
        const { message } = stream.result();
        if (message.calls.length > 0 || settings().content)
          span.setAttribute("misfire.stream.partial", messagesJson([message]));
      });
    },
  };

  /** The connection ended without an error and without the end of the answer. */
  const cut = (result: NonNullable<Exchange["answer"]>): void => {
    failure = "incomplete_stream";
    span.setAttributes({ "error.type": failure, "misfire.stream.outcome": "cut" });
    span.setStatus({ code: SpanStatusCode.ERROR, message: CUT });
    remember({ ...result, finishReason: "length" });
  };
  openCalls.add(call);
  if (!isLoose(run)) span.setAttribute("misfire.run.model_call", run.modelCalls);
  return call;
}

/** Words that the classifier of broken connections knows. */
export const CUT = "Response stream ended without a finish reason";

/** Model calls that have no end yet, for last words. */
export const openCalls = new Set<ModelCall>();
