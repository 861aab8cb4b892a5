import { context, trace } from "./api.ts";
import { openAgent } from "./agent.ts";
import { copied } from "./copied.ts";
import { guarded } from "./guard.ts";
import { inRun } from "./run.ts";
import { settings } from "./settings.ts";
import { openToolCall } from "./tool-call.ts";
import { watchValue } from "./watch.ts";

type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * `runTools` of openai: one run with an `invoke_agent` span around its requests, and an `execute_tool` span for each
 * function. What the runner refuses by itself (unknown tool, arguments that do not parse) is told by the next request.
 */
export function tracedRunTools(runTools: Method): Method {
  return function (this: unknown, ...args: unknown[]) {
    if (!settings().enabled) return Reflect.apply(runTools, this, args);
    const opened = guarded(() => openAgent("runTools"));
    if (opened === undefined) return Reflect.apply(runTools, this, args);
    const { run, watch } = opened;
    const [body, ...rest] = args;
    const traced = guarded(() => withTools(body)) ?? body;
    let runner: unknown;
    try {
      runner = inRun(run, () =>
        context.with(trace.setSpan(context.active(), run.span!), () =>
          Reflect.apply(runTools, this, [traced, ...rest]),
        ),
      );
    } catch (error) {
      watch.error(error);
      throw error;
    }
    // Only `end`: a listener for `error` would tell the runner that errors are handled.
    guarded(() => {
      const events = runner as { on(name: "end", listener: () => void): void; errored?: boolean; aborted?: boolean };
      events.on("end", () => (events.aborted === true ? watch.stop() : watch.end()));
    });
    return runner;
  };
}

function withTools(body: unknown): unknown {
  const { tools } = body as { tools?: unknown };
  return Array.isArray(tools)
    ? { ...(body as object), tools: tools.map((one: unknown) => guarded(() => tracedTool(one)) ?? one) }
    : body;
}

/** A copy of the tool with traced functions: `{ function: { function, parse } }`, or one made by `zodFunction` (`$callback`, `$parseRaw`). */
function tracedTool(given: unknown): unknown {
  const tool = given as {
    function?: { name?: string; description?: string; parameters?: unknown; function?: Method; parse?: Method };
    $callback?: Method;
    $parseRaw?: Method;
  };
  const inner = tool.function;
  if (inner === undefined || inner === null) return given;
  const name = inner.name ?? inner.function?.name ?? "";
  const about = { name, description: inner.description ?? null, schema: inner.parameters };
  if (typeof tool.$callback === "function") {
    const pair = tracedPair(about, tool.$callback, tool.$parseRaw);
    return copied(given as object, { $callback: pair.run, ...(pair.parse ? { $parseRaw: pair.parse } : {}) });
  }
  if (typeof inner.function !== "function") return given;
  const pair = tracedPair(about, inner.function, inner.parse);
  return copied(given as object, {
    function: copied(inner, { function: pair.run, ...(pair.parse ? { parse: pair.parse } : {}) }),
  });
}

/** The function is called with what `parse` gave, and without the call's id: the raw arguments lead to the call. */
function tracedPair(
  about: { name: string; description: string | null; schema: unknown },
  run: Method,
  parse: Method | undefined,
): { run: Method; parse: Method | undefined } {
  const raws = new WeakMap<object, string>();
  const wrapped: Method = function (this: unknown, ...args) {
    const raw = typeof args[0] === "object" && args[0] !== null ? raws.get(args[0]) : undefined;
    const call = guarded(() =>
      openToolCall({ ...about, callId: null, args: args[0], ...(raw === undefined ? {} : { raw }) }),
    );
    if (call === undefined) return Reflect.apply(run, this, args);
    let value: unknown;
    try {
      value = context.with(call.context, () => Reflect.apply(run, this, args));
    } catch (error) {
      call.error(error);
      throw error;
    }
    return guarded(() => watchValue(value, call)) ?? value;
  };
  Object.defineProperties(wrapped, {
    name: { value: run.name, configurable: true },
    length: { value: run.length, configurable: true },
  });
  if (typeof parse !== "function") return { run: wrapped, parse: undefined };
  const failed = (raw: unknown, error: unknown): void => {
    guarded(() =>
      openToolCall({ ...about, callId: null, args: raw }).failedAt(isJson(raw) ? "validated" : "parsed", error),
    );
  };
  const parsed: Method = function (this: unknown, ...args) {
    const [raw] = args;
    const remember = (value: unknown): void => {
      if (typeof value === "object" && value !== null && typeof raw === "string") raws.set(value, raw);
    };
    let value: unknown;
    try {
      value = Reflect.apply(parse, this, args);
    } catch (error) {
      failed(raw, error);
      throw error;
    }
    if (value instanceof Promise)
      return (
        guarded(() =>
          watchValue(value, { value: remember, end() {}, stop() {}, error: (error) => failed(raw, error) }),
        ) ?? value
      );
    remember(value);
    return value;
  };
  // zod and JSON.parse keep their names, which the runner falls back to.
  Object.defineProperty(parsed, "name", { value: parse.name, configurable: true });
  return { run: wrapped, parse: parsed };
}

function isJson(raw: unknown): boolean {
  if (typeof raw !== "string") return true;
  return (
    guarded(() => {
      try {
        JSON.parse(raw);
        return true;
      } catch {
        return false;
      }
    }) ?? false
  );
}
