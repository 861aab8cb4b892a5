/**
 * Bundles the command line, so that a start reads a few files and not hundreds: `dist/cli` and what it imports become
 * `build/cli`, with a chunk for each part that is loaded when it is wanted. Packages stay outside. npm run build runs it.
 */
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../", import.meta.url));
const bundle = await rolldown({
  input: `${root}dist/cli/main.js`,
  platform: "node",
  external: /^[^./]/,
  logLevel: "warn",
});
await bundle.write({ dir: `${root}build/cli`, format: "esm", cleanDir: true });
await bundle.close();
