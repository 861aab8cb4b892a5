import * as api from "@opentelemetry/api";

/**
 * The OpenTelemetry API as all of the instrumentation uses it. An application may have an older 1.x of the package than ours,
 * which then refuses what that has registered; their registry is one and the same, and has one shape in all of 1.x.
 */
export * from "@opentelemetry/api";

interface Registry {
  trace?: api.TracerProvider;
  context?: api.ContextManager;
  propagation?: api.TextMapPropagator;
  metrics?: api.MeterProvider;
}

/** Where every 1.x of the API registers. */
const KEY = Symbol.for("opentelemetry.js.api.1");
const registry = (): Registry => (globalThis as { [KEY]?: Registry })[KEY] ?? {};

export const context: Pick<api.ContextAPI, "active" | "with"> = {
  active: () => registry().context?.active() ?? api.ROOT_CONTEXT,
  with: (at, work, self, ...args) => {
    const manager = registry().context;
    return manager === undefined ? work.call(self as never, ...args) : manager.with(at, work, self, ...args);
  },
};

export const trace: Pick<api.TraceAPI, "getTracerProvider" | "getSpan" | "getActiveSpan" | "setSpan"> = {
  getTracerProvider: () => registry().trace ?? api.trace.getTracerProvider(),
  getSpan: api.trace.getSpan,
  getActiveSpan: () => api.trace.getSpan(context.active()),
  setSpan: api.trace.setSpan,
};

export const propagation: Pick<api.PropagationAPI, "inject" | "extract"> = {
  inject: (at, carrier, setter = api.defaultTextMapSetter) => registry().propagation?.inject(at, carrier, setter),
  extract: (at, carrier, getter = api.defaultTextMapGetter) =>
    registry().propagation?.extract(at, carrier, getter) ?? at,
};

export const metrics: Pick<api.MetricsAPI, "getMeterProvider"> = {
  getMeterProvider: () => registry().metrics ?? api.metrics.getMeterProvider(),
};
