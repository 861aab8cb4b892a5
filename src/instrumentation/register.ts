import { guarded } from "./guard.ts";
import { MisfireInstrumentation } from "./misfire-instrumentation.ts";
import { settings } from "./settings.ts";
import { startWhenNeeded } from "./sdk.ts";

/**
 * `node --import misfire/register app.js`: traces the packages that the application loads, by `import` or `require`, and
 * exports by the OTEL_* environment. The SDK starts with the first span, and only when the application has set up none
 * by then.
 */
if (settings().enabled) {
  guarded(() => new MisfireInstrumentation());
  guarded(startWhenNeeded);
}
