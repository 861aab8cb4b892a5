import type { ParsedException } from "../ingest/text/exceptions/parse.ts";

/**
 * Names of the user's functions that a library called, outermost first: in a stack of a failed call the tool is the
 * function that the framework runs. Empty where there is no stack, or no library calls user code in it.
 */
export function functionsCalledByLibraries(stack: readonly ParsedException[]): string[] {
  const deepest = stack.reduce<ParsedException | null>((a, b) => (a === null || b.depth >= a.depth ? b : a), null);
  if (deepest === null) return [];
  const frames = deepest.language === "python" ? deepest.frames : deepest.frames.toReversed();
  const names: string[] = [];
  let inLibrary = false;
  for (const { func, user } of frames) {
    if (!user) {
      inLibrary = true;
      names.length = 0; // user code that called the library is not what the library calls
      continue;
    }
    const name =
      func
        ?.split(".")
        .at(-1)
        ?.replace(/^(?:async )/, "") ?? "";
    if (inLibrary && /^[A-Za-z_][\w-]{1,80}$/.test(name) && !NOT_A_TOOL.has(name)) names.push(name);
  }
  return names;
}

const NOT_A_TOOL = new Set([
  "main",
  "run",
  "wrapper",
  "handler",
  "handle",
  "call",
  "invoke",
  "execute",
  "function",
  "anonymous",
  "module",
  "process",
  "inner",
  "wrapped",
  "__call__",
  "start",
  "serve",
  "app",
]);
