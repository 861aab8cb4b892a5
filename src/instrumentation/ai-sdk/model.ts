import { guarded } from "../guard.ts";
import { openModelCall, type ModelCall } from "../model-call.ts";
import { bodyOf, eventsOf } from "./answer.ts";
import { retryAfterOf } from "./errors.ts";
import { requestOf } from "./request.ts";
import type { Session } from "./session.ts";

interface LanguageModel {
  provider?: unknown;
  modelId?: unknown;
  doGenerate(options: object): PromiseLike<object>;
  doStream(options: object): PromiseLike<{ stream: ReadableStream<unknown> }>;
}

/** A language model whose calls are recorded as part of a session; everything else of it stays as it is. */
export function tracedModel(model: unknown, session: Session): unknown {
  if (typeof (model as LanguageModel | null)?.doGenerate !== "function") return model;
  const target = model as LanguageModel;
  const traced = {
    doGenerate: async (options: object) => {
      const call = begin(target, options, session, false);
      const result = await asked(call, options, session, () => target.doGenerate(options));
      call?.answered(guarded(() => bodyOf(result)) ?? {});
      return result;
    },
    doStream: async (options: object) => {
      const call = begin(target, options, session, true);
      const result = await asked(call, options, session, () => target.doStream(options));
      if (call === undefined) return result;
      return { ...result, stream: guarded(() => watched(result.stream, call, session)) ?? result.stream };
    },
  };
  return new Proxy(target, {
    get: (_, key) => (Object.hasOwn(traced, key) ? traced[key as "doGenerate"] : Reflect.get(target, key, target)),
  });
}

/** The call of an attempt that failed before is taken up again: the SDK repeats with the same prompt. */
function begin(model: LanguageModel, options: object, session: Session, stream: boolean): ModelCall | undefined {
  const { waiting } = session;
  session.waiting = null;
  if (waiting !== null && waiting.prompt === promptOf(options)) return waiting.call;
  waiting?.call.failed(waiting.error);
  const call = guarded(() => session.inside(() => openModelCall(requestOf(model, options, stream))));
  if (call !== undefined) session.calls.add(call);
  return call;
}

async function asked<T>(
  call: ModelCall | undefined,
  options: object,
  session: Session,
  ask: () => PromiseLike<T>,
): Promise<T> {
  try {
    return await session.inside(ask, call?.context);
  } catch (error) {
    if (call !== undefined) guarded(() => attemptFailed(call, options, session, error));
    throw error;
  }
}

/** An error of the provider, as the SDK words it. */
interface ApiError {
  statusCode?: unknown;
  isRetryable?: unknown;
  responseHeaders?: Record<string, string>;
}

function attemptFailed(call: ModelCall, options: object, session: Session, error: unknown): void {
  const { statusCode, isRetryable, responseHeaders = {} } = (error ?? {}) as ApiError;
  const status = typeof statusCode === "number" ? statusCode : null;
  const attempts = (session.attempts.get(call) ?? 0) + 1;
  session.attempts.set(call, attempts);
  if (status !== null || isRetryable === true) call.attemptFailed(status, retryAfterOf(responseHeaders), error);
  if (isRetryable === true && attempts <= session.maxRetries)
    session.waiting = { call, error, prompt: promptOf(options) };
  else session.failed(call, error);
}

function promptOf(options: object): unknown {
  return (options as { prompt?: unknown }).prompt;
}

/** The same parts, read when they are asked for; a stream of the SDK has only one reader. */
function watched(stream: ReadableStream<unknown>, call: ModelCall, session: Session): ReadableStream<unknown> {
  const reader = stream.getReader();
  const read = eventsOf();
  const given = new ReadableStream(
    {
      async pull(controller) {
        let step: Awaited<ReturnType<typeof reader.read>>;
        try {
          step = await reader.read();
        } catch (error) {
          session.failed(call, error);
          throw error;
        }
        if (step.done) {
          call.answered();
          return controller.close();
        }
        guarded(() => tell(step.value));
        controller.enqueue(step.value);
      },
      cancel(reason) {
        call.stopped("returned");
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  abandoned.register(given, session);
  return given;

  function tell(part: unknown): void {
    const { type, error } = (part ?? {}) as { type?: unknown; error?: unknown };
    if (type === "error") return session.failed(call, error);
    const event = read(part);
    if (event !== null) call.chunk(event);
  }
}

/** Nobody holds the stream any more, and its end has not come: what is over already hears nothing of it. */
const abandoned = new FinalizationRegistry<Session>((session) => session.stopped("abandoned"));
