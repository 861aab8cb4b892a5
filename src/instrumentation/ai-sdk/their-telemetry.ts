import { completeIntegration, type SdkCall } from "./integration.ts";
import { completeOlderTelemetry } from "./older-telemetry.ts";
import type { Options } from "./options.ts";

/**
 * The options of a call that the SDK's own telemetry records, completed where it is silent; `off` where the application has
 * switched it off for this call, null where it is not set up. It is integrations since 7 and `experimental_telemetry` before.
 */
export function theirTelemetry(options: Options, call: SdkCall): Options | "off" | null {
  const { telemetry, experimental_telemetry: older } = options;
  const about = (telemetry ?? older ?? {}) as { isEnabled?: unknown; integrations?: unknown };
  if (about.isEnabled === false) return "off";
  const integrations = makingSpans(about.integrations ?? (globalThis as Registry).AI_SDK_TELEMETRY_INTEGRATIONS);
  for (const one of integrations) completeIntegration(one);
  if (integrations.length > 0) return options;
  return about.isEnabled === true && telemetry === undefined ? completeOlderTelemetry(options, call) : null;
}

/** Where `registerTelemetry` keeps what it is given. */
interface Registry {
  AI_SDK_TELEMETRY_INTEGRATIONS?: unknown;
}

/** Others only listen, such as the developer tools. */
function makingSpans(given: unknown): object[] {
  const list: unknown[] = Array.isArray(given) ? given : [given];
  return list.filter(
    (one): one is object =>
      typeof one === "object" &&
      one !== null &&
      typeof (one as { executeLanguageModelCall?: unknown }).executeLanguageModelCall === "function",
  );
}
