import { langchainCallbacks, modelScope } from "./langchain.ts";
import { guarded } from "./guard.ts";
import { patch, unpatch } from "./patch.ts";
import { settings } from "./settings.ts";
import { watchIterator, within } from "./watch.ts";

/** Of @langchain/core: where every run gets its handlers, and where models are asked. */
export const LANGCHAIN_FILES = ["callbacks/manager", "language_models/chat_models"].flatMap((file) =>
  ["js", "cjs"].map((kind) => `dist/${file}.${kind}`),
);

interface Module {
  CallbackManager?: object;
  BaseChatModel?: { prototype: object };
}

/** Gives every run our handler, unless it has one. */
export function patchLangChain(module: unknown): void {
  const { CallbackManager, BaseChatModel } = module as Module;
  patch(
    CallbackManager,
    "_configureSync",
    (configure) =>
      function (this: unknown, ...args: unknown[]) {
        const manager = Reflect.apply(configure, this, args);
        return settings().enabled
          ? (guarded(() => withHandler(manager, CallbackManager as Constructor)) ?? manager)
          : manager;
      },
  );
  patch(
    BaseChatModel?.prototype,
    "_generateUncached",
    (generate) =>
      function (this: unknown, ...args: unknown[]) {
        return modelScope.run({ call: null }, () => Reflect.apply(generate, this, args));
      },
  );
  patch(
    BaseChatModel?.prototype,
    "_streamIterator",
    (stream) =>
      function (this: unknown, ...args: unknown[]) {
        const iterator = Reflect.apply(stream, this, args) as AsyncIterator<unknown>;
        return guarded(() => watchStream(iterator)) ?? iterator;
      },
  );
}

export function unpatchLangChain(module: unknown): void {
  const { CallbackManager, BaseChatModel } = module as Module;
  unpatch(CallbackManager);
  unpatch(BaseChatModel?.prototype);
}

type Constructor = new () => Manager;

interface Manager {
  handlers: { name?: string }[];
  addHandler(handler: object, inherit: boolean): void;
}

function withHandler(given: unknown, CallbackManager: Constructor): Manager {
  const manager = (given as Manager | undefined) ?? new CallbackManager();
  if (!manager.handlers.some(({ name }) => name === handler.name)) manager.addHandler(handler, true);
  return manager;
}

const handler = langchainCallbacks();

/** Whoever stops reading a stream of LangChain is seen here only: no callback tells of it. */
function watchStream(iterator: AsyncIterator<unknown>): AsyncIterator<unknown> {
  const scope: NonNullable<ReturnType<typeof modelScope.getStore>> = { call: null };
  return watchIterator(
    within(iterator, (work) => modelScope.run(scope, work)),
    { value() {}, end() {}, error() {}, stop: () => scope.call?.stopped("returned") },
  );
}
