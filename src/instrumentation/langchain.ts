import { AsyncLocalStorage } from "node:async_hooks";
import { context, trace, type Context } from "./api.ts";
import { openAgent } from "./agent.ts";
import { recordedElsewhere } from "./elsewhere.ts";
import { guarded } from "./guard.ts";
import { answerBody, plainMessages, type Generation } from "./langchain-answer.ts";
import { openModelCall, type ModelCall } from "./model-call.ts";
import { currentRun, inRun, type Run } from "./run.ts";
import { settings } from "./settings.ts";
import { openToolCall } from "./tool-call.ts";

/**
 * A callback handler for LangChain and LangGraph: the outermost chain as the agent, model calls and tools below it.
 * Under `misfire/register` every run has it.
 *
 *     await agent.invoke(input, { callbacks: [langchainCallbacks()] });
 *
 * Give the provider's client to LangChain untraced then, or its calls are told twice.
 */
export function langchainCallbacks(): LangChainHandler {
  const open = new Map<string, Entry>();
  /** What the run with this id (or else the application) is inside of. */
  const under = (id: string | undefined): Place =>
    open.get(id ?? "") ?? { context: context.active(), run: currentRun() };
  const inside = <T>(place: Place, work: () => T): T => inRun(place.run, () => context.with(place.context, work));
  const take = (id: string): Entry | undefined => {
    const entry = open.get(id);
    open.delete(id);
    return entry;
  };
  const on =
    <A extends unknown[]>(work: (...args: A) => void) =>
    (...args: A): void => {
      if (settings().enabled) guarded(() => work(...args));
    };
  /** LangGraph leaves a graph by exceptions as well: an interrupt, a command for the parent. */
  const fail = on((error: unknown, id: string) => {
    const entry = take(id);
    if ((error as { is_bubble_up?: unknown } | null)?.is_bubble_up !== true) return entry?.fail(error);
    if (entry !== undefined) entry.run.isInterrupted = true;
    entry?.stop();
  });
  return {
    name: "misfire",
    // Spans must be open before what they are about begins.
    awaitHandlers: true,
    handleChainStart: on((_: unknown, __: unknown, id: string, ...rest: unknown[]) => {
      const { parentId, name } = chainOf(rest);
      const place = under(parentId);
      if (parentId !== undefined) return void open.set(id, { ...place, end() {}, fail() {}, stop() {} });
      const { run, watch } = inside(place, () => openAgent(name));
      run.seesTools = true;
      const within = trace.setSpan(place.context, run.span!);
      open.set(id, { run, context: within, end: () => watch.end(), fail: watch.error, stop: () => watch.end() });
    }),
    handleChainEnd: on((_: unknown, id: string) => take(id)?.end(null)),
    handleChainError: fail,
    handleChatModelStart: on(
      (
        serialized: { id?: string[] } | undefined,
        messages: unknown[][],
        id: string,
        parentId?: string,
        extra?: { invocation_params?: Record<string, unknown> },
        _tags?: unknown,
        metadata?: { ls_model_name?: string; ls_provider?: string },
      ) => {
        const params = extra?.invocation_params ?? {};
        const model = metadata?.ls_model_name ?? params["model"];
        const body = { ...params, model, messages: plainMessages(messages[0]) };
        const provider = metadata?.ls_provider ?? serialized?.id?.[1] ?? "langchain";
        const place = under(parentId);
        const call = inside(place, () => openModelCall({ provider, operation: "chat", body, url: null }));
        const at = modelScope.getStore();
        if (at !== undefined) at.call ??= call;
        open.set(id, {
          ...place,
          end: (output) => call.answered(answerBody((output as LLMResult).generations?.[0]?.[0])),
          fail: call.failed,
          stop: () => call.stopped("returned"),
        });
      },
    ),
    handleLLMEnd: on((output: unknown, id: string) => take(id)?.end(output)),
    handleLLMError: fail,
    handleToolStart: on(
      (
        serialized: { name?: string } | undefined,
        input: unknown,
        id: string,
        parentId?: string,
        _tags?: unknown,
        _metadata?: unknown,
        runName?: string,
        toolCallId?: string,
      ) => {
        const name = runName ?? serialized?.name ?? "";
        const place = under(parentId);
        const call = inside(place, () => openToolCall({ name, callId: toolCallId ?? null, args: input }));
        open.set(id, {
          run: place.run,
          context: call.context,
          end(output) {
            const failed = failureOf(output);
            if (failed !== null) return call.error(failed);
            call.value(textOf(output));
            call.end();
          },
          fail: call.error,
          stop: () => call.stop(),
        });
      },
    ),
    handleToolEnd: on((output: unknown, id: string) => take(id)?.end(output)),
    handleToolError: fail,
  };
}

/** Where LangChain asks a model: the client below tells its attempts to the call that the handler has opened. */
export const modelScope = new AsyncLocalStorage<{ call: ModelCall | null }>();
recordedElsewhere(() => modelScope.getStore()?.call);

/** As far as LangChain's own type of a handler asks for it: which versions exist here is not known. */
export interface LangChainHandler extends Record<`handle${Event}`, (...args: never[]) => void> {
  name: string;
  awaitHandlers: boolean;
}
type Event = `${"Chain" | "Tool"}${"Start" | "End" | "Error"}` | "ChatModelStart" | "LLMEnd" | "LLMError";

interface Place {
  context: Context;
  run: Run;
}

interface Entry extends Place {
  end(output: unknown): void;
  fail(error: unknown): void;
  stop(): void;
}

interface LLMResult {
  generations?: Generation[][];
}

/** A tool message with the status `error`: what was thrown has been caught below. */
class ToolFailed extends Error {}

function failureOf(output: unknown): ToolFailed | null {
  if (typeof output !== "object" || output === null || (output as { status?: unknown }).status !== "error") return null;
  return new ToolFailed(settings().content ? String(textOf(output)) : "the tool's message has the status error");
}

/** The content of a tool message, or what the tool gave. */
function textOf(output: unknown): unknown {
  const { content } = (output ?? {}) as { content?: unknown };
  return content === undefined ? output : content;
}

/** In 1.x the parent follows the id; before, the type and the tags come between. */
function chainOf(rest: unknown[]): { parentId: string | undefined; name: string } {
  const texts = rest.filter((one): one is string => typeof one === "string");
  const parentId = texts.find((one) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(one));
  return { parentId, name: texts.findLast((one) => one !== parentId) ?? "chain" };
}
