import { completeIntegration } from "./ai-sdk/integration.ts";
import { tracedModule } from "./ai-sdk/module.ts";
import { guarded } from "./guard.ts";

/**
 * The AI SDK (5, 6, 7). Given the package, its functions come back traced; given an integration of its own telemetry (7), that
 * is completed and given back.
 *
 *     const { generateText, streamText } = instrumentAISDK(await import("ai"));
 *     registerTelemetry(instrumentAISDK(new OpenTelemetry()));
 */
export function instrumentAISDK<T extends object>(given: T): T {
  const traced = "generateText" in given ? tracedModule : completeIntegration;
  return guarded(() => traced(given)) ?? given;
}
