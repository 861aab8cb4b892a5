import { guarded } from "../guard.ts";
import { patch, unpatch } from "../patch.ts";
import { settings } from "../settings.ts";
import { FUNCTIONS, sessionOf, tracedFunction } from "./functions.ts";
import { theirTelemetry } from "./their-telemetry.ts";
import { tracedParts, type Options, type Resolve } from "./options.ts";
import { whenDone } from "./result.ts";

type Module = Record<string, unknown>;
type Method = (this: unknown, ...args: unknown[]) => unknown;

/** A copy of the package's exports (5, 6, 7) with its functions traced, and its classes of agents, which it shares. */
export function tracedModule<T extends object>(given: T): T {
  const module = given as Module;
  const copy = { ...module, ...tracedExports(module) };
  // What `import` looks for in a CommonJS module is hidden.
  if (module["__esModule"] === true) Object.defineProperty(copy, "__esModule", { value: true });
  return copy as T;
}

/** The same, in place where the exports can be set (a loader hook's), else by a copy. */
export function patchAISDK(given: unknown): unknown {
  const module = given as Module;
  if (originals.has(module)) return module;
  originals.add(module);
  const traced = tracedExports(module);
  try {
    for (const [name, value] of Object.entries(traced)) module[name] = value;
  } catch {
    return tracedModule(module);
  }
  return module;
}

export function unpatchAISDK(given: unknown): void {
  for (const name of AGENTS)
    unpatch((given as Module)[name] && ((given as Module)[name] as { prototype: object }).prototype);
}

const originals = new WeakSet<object>();
const AGENTS = ["ToolLoopAgent", "Experimental_Agent"];

function tracedExports(module: Module): Module {
  const resolve: Resolve = (model) => {
    if (typeof model !== "string") return model;
    const provider = (globalThis as { AI_SDK_DEFAULT_PROVIDER?: unknown }).AI_SDK_DEFAULT_PROVIDER ?? module["gateway"];
    return guarded(() => (provider as { languageModel(id: string): unknown }).languageModel(model)) ?? model;
  };
  for (const name of AGENTS) {
    const { prototype } = (module[name] ?? {}) as { prototype?: object };
    for (const [method, like] of [
      ["generate", "generateText"],
      ["stream", "streamText"],
    ] as const)
      patch(prototype, method, (original) => tracedAgent(original, like, resolve));
  }
  return Object.fromEntries(
    Object.keys(FUNCTIONS)
      .filter((name) => typeof module[name] === "function")
      .map((name) => [name, tracedFunction(name, module[name] as Method, resolve)]),
  );
}

/** An agent calls the functions of its own module: for one call it sees settings with model and tools traced. */
function tracedAgent(original: Method, like: string, resolve: Resolve): Method {
  return function (this: unknown, ...args: unknown[]) {
    const own = (this as { settings?: Options } | undefined)?.settings;
    const call = { stop: null, over: null, callersTools: new Set<string>() };
    if (!settings().enabled || own === undefined || guarded(() => theirTelemetry(own, call)) !== null)
      return Reflect.apply(original, this, args);
    const session = guarded(() => sessionOf(like, own));
    if (session === undefined) return Reflect.apply(original, this, args);
    const agent = guarded(
      () =>
        Object.create(this as object, {
          settings: { value: { ...own, ...tracedParts(own, session, resolve) } },
        }) as object,
    );
    return whenDone(session, () => session.inside(() => Reflect.apply(original, agent ?? this, args)));
  };
}
