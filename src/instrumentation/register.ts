import { register as registerAsync } from "node:module";
import { register as registerHooks, supportsSyncHooks } from "import-in-the-middle/register-hooks.mjs";
import { guarded } from "./guard.ts";
import { MisfireInstrumentation } from "./misfire-instrumentation.ts";
import { PACKAGES } from "./packages.ts";
import { settings } from "./settings.ts";
import { startWhenNeeded } from "./sdk.ts";

/**
 * `node --import misfire/register app.js`: traces the packages that the application loads, by `import` or `require`, and
 * exports by the OTEL_* environment. The SDK starts with the first span, and only when the application has set up none
 * by then.
 */
if (settings().enabled) {
  guarded(() => {
    // A name stands for the main file; files inside are found by their path.
    const include = PACKAGES.flatMap(({ name, files }) => [
      name,
      ...(files ?? []).map((file) => new RegExp(`/node_modules/${name}/${file.replaceAll(".", "\\.")}$`)),
    ]);
    if (supportsSyncHooks()) registerHooks({ include });
    else registerAsync("import-in-the-middle/hook.mjs", import.meta.url, { data: { include } });
  });
  guarded(() => new MisfireInstrumentation());
  guarded(startWhenNeeded);
}
