import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * A real client that `test/live/clients` (the script) has set up: null where it has not, and then tests of it are skipped.
 * MISFIRE_TEST_CLIENTS=required makes a skip a failure, as in .ci/run.
 */
export const COLLECTOR = client("collector", "collector");
export const PYTHON = client("python", "python/bin/python", "python/ready");
/** The newest openai for Python, for PYTHONPATH. */
export const OPENAI_3 = fileURLToPath(new URL("../../.cache/clients/openai3", import.meta.url));

/** To be read behind a name: why it is skipped. */
export const SKIPPED = "(skipped where test/live/clients has not been run; it needs Go and Python)";

function client(name: string, path: string, whole = path): string | null {
  const at = (part: string): string => fileURLToPath(new URL(`../../.cache/clients/${part}`, import.meta.url));
  if (existsSync(at(whole))) return at(path);
  if (process.env["MISFIRE_TEST_CLIENTS"] === "required")
    throw new Error(`the ${name} of the tests is missing: run test/live/clients`);
  return null;
}
