import { context, trace, type Span } from "./api.ts";
import { openAgent } from "./agent.ts";
import { copied } from "./copied.ts";
import { guarded } from "./guard.ts";
import { inPlaceOf } from "./in-place-of.ts";
import { inRun } from "./run.ts";
import { settings } from "./settings.ts";
import { openToolCall } from "./tool-call.ts";
import { cover, watchIterator, watchValue, within } from "./watch.ts";

type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Anthropic's tool runner: a run that begins when it is read (`for await`, `await`, `runUntilDone`) and tools whose `run`
 * is traced. The SDK's own span of a tool, where it makes one, is completed and not doubled.
 */
export function tracedToolRunner(toolRunner: Method): Method {
  return function (this: unknown, ...args: unknown[]) {
    if (!settings().enabled) return Reflect.apply(toolRunner, this, args);
    const [body, ...rest] = args;
    const { tools } = (body ?? {}) as { tools?: unknown };
    const traced = Array.isArray(tools)
      ? { ...(body as object), tools: tools.map((one: unknown) => guarded(() => tracedTool(one)) ?? one) }
      : body;
    const runner = Reflect.apply(toolRunner, this, [traced, ...rest]);
    guarded(() => watchRunner(runner as object, (this as { _client?: unknown } | undefined)?._client));
    return runner;
  };
}

/** All ways of reading go through the runner's async iterator. */
function watchRunner(runner: object, client: unknown): void {
  const open = (runner as { [Symbol.asyncIterator]?: Method })[Symbol.asyncIterator];
  if (typeof open !== "function") return;
  cover(runner, Symbol.asyncIterator, function (this: unknown, ...args) {
    const opened = guarded(() => openAgent("toolRunner"));
    const iterator = Reflect.apply(open, this, args) as AsyncIterator<unknown>;
    if (opened === undefined) return iterator;
    const { run, watch } = opened;
    const inside = trace.setSpan(context.active(), run.span!);
    return (
      guarded(() =>
        watchIterator(
          within(iterator, (work) => inRun(run, () => context.with(inside, () => inPlaceOf(client, work)))),
          watch,
        ),
      ) ?? iterator
    );
  });
}

/** A copy of `{ name, input_schema, run, parse }` with `run` and `parse` traced. */
function tracedTool(given: unknown): unknown {
  const tool = given as { name?: unknown; description?: unknown; input_schema?: unknown; run?: Method; parse?: Method };
  const { run, parse, name } = tool;
  if (typeof run !== "function" || typeof name !== "string") return given;
  const open = (args: unknown, id: string | null) => {
    const theirs = guarded(() => spanOfSdk(name)) ?? null;
    return openToolCall({
      name,
      description: typeof tool.description === "string" ? tool.description : null,
      schema: tool.input_schema,
      callId: id,
      args,
      ...(theirs === null ? {} : { existing: theirs }),
    });
  };
  const changes: Record<string, Method> = {
    run(...args) {
      const id = (args[1] as { toolUse?: { id?: unknown } } | undefined)?.toolUse?.id;
      const call = guarded(() => open(args[0], typeof id === "string" ? id : null));
      if (call === undefined) return Reflect.apply(run, given, args);
      let value: unknown;
      try {
        value = context.with(call.context, () => Reflect.apply(run, given, args));
      } catch (error) {
        call.error(error);
        throw error;
      }
      return guarded(() => watchValue(value, call)) ?? value;
    },
  };
  if (typeof parse === "function")
    changes["parse"] = (...args) => {
      try {
        return Reflect.apply(parse, given, args);
      } catch (error) {
        guarded(() => open(args[0], null).failedAt("validated", error));
        throw error;
      }
    };
  return copied(given as object, changes);
}

/** The span that the SDK has opened around this tool: it knows the call's id, and nothing of what happens. */
function spanOfSdk(name: string): Span | null {
  const span = trace.getActiveSpan() as (Span & { attributes?: Record<string, unknown>; ended?: boolean }) | undefined;
  const isTheirs =
    span?.attributes?.["gen_ai.operation.name"] === "execute_tool" &&
    span.attributes["gen_ai.tool.name"] === name &&
    span.attributes["gen_ai.provider.name"] !== undefined;
  return isTheirs ? (span ?? null) : null;
}
