import { createRequire, register as registerAsync } from "node:module";
import { guarded } from "./guard.ts";
import { PACKAGES } from "./packages.ts";

/** Lets the traced packages be patched as ES modules, from now on; `require` needs no hook. Once in a process. */
export function hookImports(): void {
  if (isHooked) return;
  isHooked = true;
  guarded(() => {
    // A name stands for the main file; files inside are found by their path.
    const include = PACKAGES.flatMap(({ name, files }) => [
      name,
      ...(files ?? []).map((file) => new RegExp(`/node_modules/${name}/${file.replaceAll(".", "\\.")}$`)),
    ]);
    // Not imported above: in a bundle there is nothing to hook, and no path to find it by.
    const { register, supportsSyncHooks } = createRequire(import.meta.url)(
      "import-in-the-middle/register-hooks.mjs",
    ) as typeof import("import-in-the-middle/register-hooks.mjs");
    if (supportsSyncHooks()) register({ include });
    else registerAsync("import-in-the-middle/hook.mjs", import.meta.url, { data: { include } });
  });
}

let isHooked = false;
