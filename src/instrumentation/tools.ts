import { context } from "./api.ts";
import { guarded } from "./guard.ts";
import { executable } from "./pending.ts";
import { settings } from "./settings.ts";
import { openToolCall } from "./tool-call.ts";
import { warn } from "./warnings.ts";
import { watchValue } from "./watch.ts";

export interface ToolContext {
  /** The id of the model's call: it joins the execution to the request. */
  toolCallId?: string | undefined;
}

type Execute = (args: never, context: never) => unknown;

/**
 * Traces a tool: the same definition comes back, its `execute(args, { toolCallId })` recorded.
 *
 *     const weather = tool({ name: "get_weather", description: "...", parameters, execute: ({ city }) => lookUp(city) });
 *     await weather.execute(JSON.parse(call.function.arguments), { toolCallId: call.id });
 */
export function tool<T extends { name: string; description?: string; parameters?: unknown; execute: Execute }>(
  definition: T,
): T {
  const { execute } = definition;
  if (typeof execute !== "function") {
    guarded(() => warn(null, "no-function", `the tool ${definition.name} has no function to run it`));
    return definition;
  }
  if (traced.has(execute)) return definition;
  const execution = traceTool(definition.name, execute, definition);
  try {
    definition.execute = execution as T["execute"];
    return definition;
  } catch {
    return { ...definition, execute: execution };
  }
}

/** The same function, recorded as an execution of the tool `name`; a second parameter with `toolCallId` joins it to the model's call. */
export function traceTool<F extends Execute>(
  name: string,
  fn: F,
  about: { description?: string; parameters?: unknown } = {},
): F {
  if (traced.has(fn)) return fn;
  const wrapped = function (this: unknown, ...args: unknown[]): unknown {
    if (!settings().enabled) return Reflect.apply(fn, this, args);
    const call = guarded(() =>
      openToolCall({
        name,
        description: about.description ?? null,
        schema: about.parameters,
        callId: callIdOf(args[1]),
        args: args[0],
      }),
    );
    if (call === undefined) return Reflect.apply(fn, this, args);
    let value: unknown;
    try {
      value = context.with(call.context, () => Reflect.apply(fn, this, args));
    } catch (error) {
      call.error(error);
      throw error;
    }
    return guarded(() => watchValue(value, call)) ?? value;
  };
  guarded(() =>
    Object.defineProperties(wrapped, {
      name: { value: fn.name, configurable: true },
      length: { value: fn.length, configurable: true },
    }),
  );
  traced.add(wrapped);
  executable.add(name);
  return wrapped as unknown as F;
}

/** Functions that are wrapped already: a second wrap gives the first one. */
const traced = new WeakSet<object>();

/** Under the names that frameworks have for it: ours and AI SDK, LangChain, OpenAI Agents. */
function callIdOf(given: unknown): string | null {
  if (typeof given !== "object" || given === null) return null;
  const { toolCallId, tool_call_id: snake, toolCall } = given as Record<string, unknown>;
  const id =
    toolCallId ??
    snake ??
    (toolCall as { id?: unknown; callId?: unknown } | undefined)?.id ??
    (toolCall as { callId?: unknown } | undefined)?.callId;
  return typeof id === "string" && id !== "" ? id : null;
}
