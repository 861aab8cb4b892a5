import { AsyncLocalStorage } from "node:async_hooks";
import { context } from "./api.ts";
import { whoRecords } from "./elsewhere.ts";
import { guarded } from "./guard.ts";
import { openModelCall, type ModelCall } from "./model-call.ts";
import type { ModelRequest } from "./model-request.ts";
import { settings } from "./settings.ts";
import { cover, settled, watchIterator } from "./watch.ts";

/**
 * Clients that Stainless (and Castiron) generate, OpenAI's and Anthropic's alike: a resource's `create(body, options)`
 * gives an APIPromise, whose `responsePromise` makes the attempts and whose `parseResponse` reads the body when the
 * application asks for it. All helpers (`parse`, `stream`, tool runners) go through it.
 */
export interface Resource {
  name: string;
  operation: ModelRequest["operation"];
  provider(client: Client): string;
}

export interface Client {
  baseURL?: unknown;
  fetch?: unknown;
}

type Create = (this: { _client?: Client }, body: Record<string, unknown>, options?: unknown) => unknown;

/** The traced form of a resource's `create`. */
export function tracedCreate(create: Create, resource: Resource): Create {
  return function (this: { _client?: Client }, body, options) {
    const pass = (): unknown => Reflect.apply(create, this, [body, options]);
    if (!settings().enabled || typeof body !== "object" || body === null) return pass();
    const client = this?._client ?? {};
    const recorder = whoRecords();
    if (recorder === true) return pass();
    if (recorder !== null) {
      guarded(() => watchFetch(client));
      return attempts.run(recorder, pass);
    }
    const call = guarded(() =>
      openModelCall({
        provider: resource.provider(client),
        operation: resource.operation,
        body,
        url: typeof client.baseURL === "string" ? client.baseURL : null,
      }),
    );
    if (call === undefined) return pass();
    guarded(() => watchFetch(client));
    let promise: unknown;
    try {
      promise = attempts.run(call, () => context.with(call.context, pass));
    } catch (error) {
      call.failed(error);
      throw error;
    }
    guarded(() => watchPromise(promise, call, body["stream"] === true));
    return promise;
  };
}

const attempts = new AsyncLocalStorage<ModelCall>();
const watchedFetches = new WeakSet<object>();

/**
 * Attempts are seen at the client's `fetch`: that is where the SDK's retries end up. It is an own property of every
 * client, unlike the methods around it, on whose identity openai 7 relies.
 */
function watchFetch(client: Client): void {
  const { fetch } = client;
  if (typeof fetch !== "function" || watchedFetches.has(fetch)) return;
  const watched = function (this: unknown, ...args: unknown[]): unknown {
    const call = attempts.getStore();
    const response = Reflect.apply(fetch, this, args);
    if (call === undefined) return response;
    return settled(
      response,
      (value) =>
        guarded(() => {
          const { ok, status, headers } = value as Response;
          if (!ok) call.attemptFailed(status, retryAfter(headers), null);
        }),
      (error) => call.attemptFailed(null, null, error),
    );
  };
  watchedFetches.add(watched);
  Object.defineProperty(watched, "name", { value: fetch.name, configurable: true });
  client.fetch = watched;
}

/** In seconds or as a date, as the standard header has it; OpenAI says it in milliseconds as well. */
function retryAfter(headers: Headers): string | null {
  const ms = headers.get("retry-after-ms");
  return headers.get("retry-after") ?? (ms === null ? null : String(Number(ms) / 1000));
}

interface ApiPromise extends Promise<unknown> {
  responsePromise?: Promise<unknown>;
  parseResponse?: (client: unknown, props: unknown) => unknown;
  parsedPromise?: unknown;
  asResponse?: () => unknown;
  _thenUnwrap?: (transform: unknown) => unknown;
}

function watchPromise(given: unknown, call: ModelCall, isStream: boolean): void {
  const promise = given as ApiPromise;
  const { responsePromise, parseResponse, asResponse } = promise;
  if (!(responsePromise instanceof Promise) || typeof parseResponse !== "function") {
    call.stopped("raw");
    return;
  }
  // Only when somebody asks for it: a promise of ours that nobody handles would be an unhandled rejection.
  let watched: unknown;
  Object.defineProperty(promise, "responsePromise", {
    configurable: true,
    enumerable: true,
    get: () => (watched ??= settled(responsePromise, () => {}, call.failed)),
  });
  // openai 7 gives every promise its own, around what is watched here.
  const { _thenUnwrap: unwrap } = promise;
  if (Object.hasOwn(promise, "_thenUnwrap") && typeof unwrap === "function")
    promise._thenUnwrap = (transform) => {
      const next = unwrap(transform);
      guarded(() => watchPromise(next, call, isStream));
      return next;
    };
  promise.parseResponse = function (this: unknown, ...args) {
    return settled(
      Reflect.apply(parseResponse, this, args),
      (data) => guarded(() => watchData(data, call, isStream)),
      call.failed,
    );
  };
  // A raw response is read by the application itself: nothing more is known of it.
  if (typeof asResponse === "function")
    cover(promise, "asResponse", function () {
      const begun = promise.parsedPromise !== undefined;
      return settled(
        Reflect.apply(asResponse, promise, []),
        () => begun || call.stopped("raw"),
        () => {},
      );
    });
  abandoned.register(promise, call);
}

function watchData(data: unknown, call: ModelCall, isStream: boolean): void {
  if (!isStream || typeof data !== "object" || data === null || !(Symbol.asyncIterator in data))
    return call.answered(data);
  watchStream(data, call);
}

/** Covers the stream's own iterator, which `for await`, `tee` and `toReadableStream` all read. */
export function watchStream(data: object, call: ModelCall): void {
  const stream = data as {
    iterator?: unknown;
    controller?: { signal?: AbortSignal };
    [Symbol.asyncIterator]?: unknown;
  };
  const { controller } = stream;
  const watch = {
    value: call.chunk,
    end: () => (controller?.signal?.aborted === true && !call.complete() ? call.stopped("aborted") : call.answered()),
    error: call.failed,
    stop: () => call.stopped("returned"),
  };
  const name = typeof stream.iterator === "function" ? "iterator" : Symbol.asyncIterator;
  const open = stream[name as "iterator"] as () => AsyncIterator<unknown>;
  const covered = function (this: unknown, ...args: unknown[]): unknown {
    const iterator = Reflect.apply(open, this ?? stream, args);
    return guarded(() => watchIterator(iterator as AsyncIterator<unknown>, watch)) ?? iterator;
  };
  if (name === "iterator") stream.iterator = covered;
  else cover(stream, name, covered);
  abandoned.register(stream, call);
}

/** What the application lets go of unread ends when it is collected. */
const abandoned = new FinalizationRegistry<ModelCall>((call) => call.stopped("abandoned"));
