import { guarded } from "../guard.ts";
import { settings } from "../settings.ts";
import { inCall, type SdkCall } from "./integration.ts";
import { openSession, type Session } from "./session.ts";
import { watchBranches, whenDone } from "./result.ts";
import { theirTelemetry } from "./their-telemetry.ts";
import { tracedOptions, type Options, type Resolve } from "./options.ts";

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** The functions of the package that ask a model; those that run tools are a run of their own. */
export const FUNCTIONS: Record<string, { agent: boolean }> = {
  generateText: { agent: true },
  streamText: { agent: true },
  generateObject: { agent: false },
  streamObject: { agent: false },
};

/** The traced form of one of them. Where the SDK's own telemetry is on for a call, that is completed and nothing told twice. */
export function tracedFunction(name: string, original: Method, resolve: Resolve): Method {
  return function (this: unknown, ...args: unknown[]) {
    const [given, ...rest] = args;
    if (!settings().enabled || typeof given !== "object" || given === null) return Reflect.apply(original, this, args);
    const call: SdkCall = {
      stop: null,
      over: null,
      callersTools: guarded(() => callersTools(given as Options)) ?? new Set(),
    };
    const theirs = guarded(() => theirTelemetry(given as Options, call));
    if (theirs === "off") return Reflect.apply(original, this, args);
    if (theirs !== undefined && theirs !== null) {
      const value = inCall(call, () => Reflect.apply(original, this, [theirs, ...rest]));
      guarded(() => watchBranches(value, { left: () => call.stop?.(), over: (error) => call.over?.(error) }));
      return value;
    }
    const session = guarded(() => sessionOf(name, given as Options));
    if (session === undefined) return Reflect.apply(original, this, args);
    const options = guarded(() => tracedOptions(given as Options, session, resolve)) ?? given;
    return whenDone(session, () => session.inside(() => Reflect.apply(original, this, [options, ...rest])));
  };
}

export function sessionOf(name: string, options: Options): Session {
  const { maxRetries, telemetry, experimental_telemetry: older } = options;
  const { functionId } = (telemetry ?? older ?? {}) as { functionId?: unknown };
  const agent = typeof functionId === "string" ? functionId : name;
  const retries = typeof maxRetries === "number" ? maxRetries : 2;
  return openSession(FUNCTIONS[name]?.agent === false ? null : agent, retries, callersTools(options));
}

/** What the SDK does not execute by itself: tools of the browser, and such as wait for a consent. */
function callersTools({ tools, toolApproval }: Options): Set<string> {
  const given = Object.entries((tools ?? {}) as Record<string, { execute?: unknown; needsApproval?: unknown } | null>);
  return new Set(
    given
      .filter(([, tool]) => toolApproval !== undefined || !tool?.execute || tool.needsApproval !== undefined)
      .map(([name]) => name),
  );
}
