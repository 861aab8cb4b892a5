import { metrics, trace, type MeterProvider, type Tracer, type TracerProvider } from "./api.ts";
import { guarded } from "./guard.ts";
import { createMeters, type Meters } from "./meters.ts";
import { settings } from "./settings.ts";
import { VERSION } from "./version.ts";

/** The tracer of `misfire`, of the provider given to us or else the global one. */
export function tracer(): Tracer {
  if (beforeFirst !== null) {
    const run = beforeFirst;
    beforeFirst = null;
    guarded(run);
  }
  return (ownTracer ??= (tracerProvider ?? trace.getTracerProvider()).getTracer(SCOPE, VERSION));
}

/** Runs once, before the first span: the time to set up an SDK where the application has none. */
export function onFirstSpan(work: () => void): void {
  beforeFirst = work;
}
let beforeFirst: (() => void) | null = null;

/** Providers that an SDK set-up hands to its instrumentations; undefined goes back to the global one. */
export function useProviders(given: { tracerProvider?: TracerProvider; meterProvider?: MeterProvider }): void {
  if ("tracerProvider" in given) tracerProvider = given.tracerProvider;
  if ("meterProvider" in given) meterProvider = given.meterProvider;
  ownTracer = undefined;
  instruments = undefined;
}

export const SCOPE = "misfire";

let tracerProvider: TracerProvider | undefined;
let meterProvider: MeterProvider | undefined;
let ownTracer: Tracer | undefined;

/** The instruments of `misfire`, of the provider given to us or else the global one. */
export function meters(): Meters {
  return (instruments ??= createMeters(
    (meterProvider ?? metrics.getMeterProvider()).getMeter(SCOPE, VERSION),
    settings().latest,
  ));
}

let instruments: Meters | undefined;
