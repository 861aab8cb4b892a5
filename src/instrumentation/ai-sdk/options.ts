import { guarded } from "../guard.ts";
import { copied } from "../copied.ts";
import { traceTool } from "../tools.ts";
import { tracedModel } from "./model.ts";
import type { Session } from "./session.ts";

export type Options = Record<string, unknown>;
/** A model by its name is one of the default provider. */
export type Resolve = (model: unknown) => unknown;
type Method = (this: unknown, ...args: unknown[]) => unknown;

/** The options of a call with its model and tools traced, and its end seen. */
export function tracedOptions(options: Options, session: Session, resolve: Resolve): Options {
  const traced: Options = { ...options, ...tracedParts(options, session, resolve) };
  // 7 has `onEnd`, and `onFinish` still; a stream has no other sign of its end.
  const end = options["onEnd"] === undefined ? "onFinish" : "onEnd";
  traced[end] = before(options[end], () => session.ended());
  traced["onAbort"] = before(options["onAbort"], () => session.stopped("aborted"));
  return traced;
}

/** Model and tools alone, for settings of an agent. */
export function tracedParts(options: Options, session: Session, resolve: Resolve): Options {
  const { model, tools, prepareStep } = options;
  const traced: Options = { model: tracedModel(resolve(model), session) };
  if (typeof tools === "object" && tools !== null)
    traced["tools"] = tracedTools(tools as Record<string, unknown>, session);
  if (typeof prepareStep === "function")
    traced["prepareStep"] = async (...args: unknown[]) => {
      const step = (await Reflect.apply(prepareStep, options, args)) as { model?: unknown } | undefined;
      return step?.model === undefined ? step : { ...step, model: tracedModel(resolve(step.model), session) };
    };
  return traced;
}

function tracedTools(tools: Record<string, unknown>, session: Session): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(tools).map(([name, tool]) => [name, guarded(() => tracedTool(name, tool, session)) ?? tool]),
  );
}

function tracedTool(name: string, given: unknown, session: Session): unknown {
  const { execute, description } = given as { execute?: unknown; description?: unknown };
  if (typeof execute !== "function") return given;
  const about = typeof description === "string" ? { description } : {};
  const traced = traceTool(name, execute.bind(given) as never, about) as Method;
  return copied(given as object, {
    execute: (...args: unknown[]) => session.inside(() => Reflect.apply(traced, undefined, args)),
  });
}

/** Our look at an event before the application has its own. */
function before(callback: unknown, look: () => void): Method {
  return (...args) => {
    guarded(look);
    return typeof callback === "function" ? (Reflect.apply(callback, undefined, args) as unknown) : undefined;
  };
}
