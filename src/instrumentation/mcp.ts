import { context, propagation, SpanKind, trace, type Attributes, type Context, type Span } from "./api.ts";
import { recordable } from "./content.ts";
import { recordError } from "./error.ts";
import { guarded } from "./guard.ts";
import { jsonText } from "./json-safe.ts";
import { recordResult, stageOf } from "./mcp-result.ts";
import { patch, unpatch } from "./patch.ts";
import { settings } from "./settings.ts";
import { tracer } from "./telemetry.ts";
import { cover, settled } from "./watch.ts";

/** Traces the tool calls of an MCP client; the trace goes with them in `_meta`, as the conventions have it. Gives the client back. */
export function instrumentMCPClient<T>(client: T): T {
  guarded(() => patch(client, "callTool", tracedCallTool));
  return client;
}

/** Traces the tool calls that an MCP server (`McpServer` or `Server`) answers, as part of the caller's trace. Gives the server back. */
export function instrumentMCPServer<T>(server: T): T {
  guarded(() => coverHandlers(((server as { server?: object }).server ?? server) as object));
  return server;
}

/** The classes of `client/index.js` and `server/index.js`; of the packages `client` and `server` in 2.x. */
export function patchMCP(module: unknown): void {
  const { Client, Server } = module as { Client?: { prototype: unknown }; Server?: { prototype: unknown } };
  patch(Client?.prototype, "callTool", tracedCallTool);
  patch(
    Server?.prototype,
    "connect",
    (connect) =>
      function (this: object, ...args: unknown[]) {
        guarded(() => coverHandlers(this));
        return Reflect.apply(connect, this, args);
      },
  );
}

export function unpatchMCP(module: unknown): void {
  const { Client, Server } = module as { Client?: { prototype: unknown }; Server?: { prototype: unknown } };
  unpatch(Client?.prototype);
  unpatch(Server?.prototype);
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

function tracedCallTool(callTool: Method): Method {
  return function (this: unknown, ...args: unknown[]) {
    const [params, ...rest] = args as [
      { name?: unknown; arguments?: unknown; _meta?: object } | undefined,
      ...unknown[],
    ];
    const span = settings().enabled ? guarded(() => open(SpanKind.CLIENT, params, context.active())) : undefined;
    if (span === undefined) return Reflect.apply(callTool, this, args);
    const inside = trace.setSpan(context.active(), span);
    const carrier: Record<string, string> = {};
    guarded(() => propagation.inject(inside, carrier));
    const sent = Object.keys(carrier).length === 0 ? params : { ...params, _meta: { ...params?._meta, ...carrier } };
    return ended(span, SpanKind.CLIENT, () =>
      context.with(inside, () => Reflect.apply(callTool, this, [sent, ...rest])),
    );
  };
}

/** Handlers are looked up by method for each request: those of `tools/call` are given out traced. */
function coverHandlers(server: object): void {
  const handlers = (server as { _requestHandlers?: Map<string, Method> })._requestHandlers;
  if (!(handlers instanceof Map) || covered.has(handlers)) return;
  covered.add(handlers);
  const get = handlers.get.bind(handlers);
  cover(handlers, "get", (method) => {
    const handler = get(method as string);
    return method === "tools/call" && handler !== undefined ? tracedHandler(handler) : handler;
  });
}

const covered = new WeakSet<object>();

function tracedHandler(handler: Method): Method {
  return function (this: unknown, ...args: unknown[]) {
    const { params } = (args[0] ?? {}) as { params?: { name?: unknown; arguments?: unknown; _meta?: object } };
    const parent = guarded(() => propagation.extract(context.active(), params?._meta ?? {})) ?? context.active();
    const span = settings().enabled ? guarded(() => open(SpanKind.SERVER, params, parent)) : undefined;
    if (span === undefined) return Reflect.apply(handler, this, args);
    return ended(span, SpanKind.SERVER, () =>
      context.with(trace.setSpan(parent, span), () => Reflect.apply(handler, this, args)),
    );
  };
}

function open(kind: SpanKind, params: { name?: unknown; arguments?: unknown } | undefined, parent: Context): Span {
  const name = typeof params?.name === "string" ? params.name : "";
  const attributes: Attributes = {
    "mcp.method.name": "tools/call",
    "gen_ai.operation.name": "execute_tool",
    "gen_ai.tool.name": name,
  };
  const { content, args } = settings();
  const text = content || args ? jsonText(params?.arguments) : null;
  if (text !== null) attributes["gen_ai.tool.call.arguments"] = recordable(text);
  return tracer().startSpan(`tools/call ${name}`.trimEnd(), { kind, attributes }, parent);
}

/** A result with `isError` is an error as well: it is how servers tell refused arguments and unknown tools. */
function ended(span: Span, kind: SpanKind, work: () => unknown): unknown {
  const fail = (error: unknown): void => {
    guarded(() => {
      const { code, message } = error as { code?: unknown; message?: unknown };
      const byCode =
        typeof code === "number" ? { "error.type": String(code), "rpc.response.status_code": String(code) } : {};
      const stage = typeof message === "string" ? stageOf(message) : null;
      recordError(span, error, stage === null ? byCode : { ...byCode, "misfire.stage": stage });
    });
    guarded(() => span.end());
  };
  const close = (result: unknown): void => {
    guarded(() =>
      recordResult(
        span,
        kind,
        result as { isError?: unknown; content?: unknown; structuredContent?: unknown } | undefined,
      ),
    );
    guarded(() => span.end());
  };
  let value: unknown;
  try {
    value = work();
  } catch (error) {
    fail(error);
    throw error;
  }
  if (value instanceof Promise) return settled(value, close, fail);
  close(value);
  return value;
}
