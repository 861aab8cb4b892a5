import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context, type Span } from "./api.ts";
import { recordable } from "./content.ts";
import { recordedElsewhere } from "./elsewhere.ts";
import { guarded } from "./guard.ts";
import { attributesOf } from "./openai-agents-attributes.ts";
import { patch } from "./patch.ts";
import { settings } from "./settings.ts";
import { tracer } from "./telemetry.ts";
import { openTools } from "./tool-call.ts";

/**
 * Records the runs of @openai/agents by its own tracing: agents, model calls, functions. A traced OpenAI client is silent
 * inside of its model calls, so that nothing is told twice.
 *
 *     import * as agents from "@openai/agents";
 *     instrumentAgents(agents);
 */
export function instrumentAgents(module: object): void {
  guarded(() => {
    const { addTraceProcessor, getCurrentSpan, getGlobalTraceProvider } = module as AgentsModule;
    if (typeof addTraceProcessor !== "function" || known.has(addTraceProcessor)) return;
    known.add(addTraceProcessor);
    const provider = getGlobalTraceProvider?.();
    // Two copies of the package (`import` and `require`) have one provider.
    if (provider === undefined || !known.has(provider)) {
      const processor = agentsProcessor();
      addTraceProcessor(processor);
      if (provider !== undefined) keepIn(provider, processor);
    }
    if (typeof getCurrentSpan !== "function") return;
    // With its tracing off the package has spans as well, of which no processor hears.
    recordedElsewhere(() => {
      const span = getCurrentSpan();
      return span !== null && MODEL.has(span.spanData.type) && span.spanId !== "no-op";
    });
  });
}

interface AgentsModule {
  addTraceProcessor?: (processor: object) => void;
  getCurrentSpan?: () => AgentsSpan | null;
  getGlobalTraceProvider?: () => object;
}

/** `@openai/agents` sets the processors anew when it is loaded, after its core. */
function keepIn(provider: object, processor: object): void {
  known.add(provider);
  patch(
    provider,
    "setProcessors",
    (set) =>
      function (this: unknown, given: unknown) {
        const processors = given as object[];
        return Reflect.apply(set, this, [processors.includes(processor) ? processors : [...processors, processor]]);
      },
  );
}

const known = new WeakSet<object>();
const MOST = 1024;
const MODEL = new Set(["generation", "response"]);

interface AgentsSpan {
  traceId: string;
  spanId: string;
  parentId: string | null;
  spanData: { type: string } & Record<string, unknown>;
  error: { message: string; data?: Record<string, unknown> } | null;
}

/** A trace processor of @openai/agents that makes OpenTelemetry spans. */
function agentsProcessor(): object {
  const open = new Map<string, { span: Span; context: Context; parent: Span | undefined }>();
  const roots = new Map<string, Context>();
  const start = (given: AgentsSpan): void => {
    const name = NAMES[given.spanData.type]?.(given.spanData);
    const parent = open.get(given.parentId ?? "")?.context ?? roots.get(given.traceId) ?? context.active();
    // Spans of other kinds are passed through: what is below them hangs where they hang.
    if (name === undefined)
      return void open.set(given.spanId, {
        span: trace.getSpan(parent) ?? trace.getSpan(ROOT_CONTEXT)!,
        context: parent,
        parent: undefined,
      });
    const span = tracer().startSpan(
      name,
      { kind: MODEL.has(given.spanData.type) ? SpanKind.CLIENT : SpanKind.INTERNAL },
      parent,
    );
    openTools.add(span);
    open.set(given.spanId, { span, context: trace.setSpan(parent, span), parent: trace.getSpan(parent) });
  };
  const end = (given: AgentsSpan): void => {
    const found = open.get(given.spanId);
    open.delete(given.spanId);
    if (found === undefined || NAMES[given.spanData.type] === undefined) return;
    const { span } = found;
    guarded(() => span.setAttributes(attributesOf(given.spanData)));
    if (given.error !== null) {
      const message = errorText(given.error);
      span.setAttribute("error.type", given.spanData.type === "function" ? "tool_error" : "error");
      span.setStatus({ code: SpanStatusCode.ERROR, message: recordable(message) });
    }
    openTools.delete(span);
    span.end();
    // A run that throws does not end its trace.
    const root = roots.get(given.traceId);
    if (given.error !== null && root !== undefined && found.parent === trace.getSpan(root)) endRoot(given.traceId);
  };
  const endRoot = (traceId: string): void => {
    const span = trace.getSpan(roots.get(traceId) ?? ROOT_CONTEXT);
    if (span !== undefined && openTools.delete(span)) span.end();
  };
  const whenOn = (work: () => void): Promise<void> => {
    if (settings().enabled) guarded(work);
    return Promise.resolve();
  };
  return {
    onTraceStart: (given: { traceId: string; name: string }) =>
      whenOn(() => {
        const span = tracer().startSpan(`invoke_workflow ${given.name}`, {
          attributes: { "gen_ai.operation.name": "invoke_workflow", "gen_ai.workflow.name": given.name },
        });
        openTools.add(span);
        if (roots.size >= MOST) roots.delete(roots.keys().next().value!);
        roots.set(given.traceId, trace.setSpan(context.active(), span));
      }),
    onTraceEnd: (given: { traceId: string }) =>
      whenOn(() => {
        endRoot(given.traceId);
        roots.delete(given.traceId);
      }),
    onSpanStart: (given: AgentsSpan) => whenOn(() => start(given)),
    onSpanEnd: (given: AgentsSpan) => whenOn(() => end(given)),
    shutdown: () => Promise.resolve(),
    forceFlush: () => Promise.resolve(),
  };
}

const NAMES: Record<string, (data: Record<string, unknown>) => string> = {
  agent: ({ name }) => `invoke_agent ${String(name)}`,
  function: ({ name }) => `execute_tool ${String(name)}`,
  generation: ({ model }) => `chat ${typeof model === "string" ? model : ""}`.trimEnd(),
  response: () => "chat",
};

/** `Error running tool (non-fatal)` says nothing; the words are in the data. */
function errorText({ message, data }: NonNullable<AgentsSpan["error"]>): string {
  const own = data?.["error"];
  return typeof own === "string" && own !== "" ? own : message;
}
