import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

interface Soaked {
  offered: number;
  taken: number;
  refused: number;
  spansInReport: number;
  memoryMB: { most: number };
}

it("a short soak: nothing is lost, and every span is counted", { timeout: 60_000 }, async () => {
  const soak = fileURLToPath(new URL("../../bench/soak.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [soak, "2", "40000"]);
  const { offered, taken, refused, spansInReport } = JSON.parse(stdout) as Soaked;
  expect(offered).toBeGreaterThan(5_000);
  expect({ taken, refused, spansInReport }).toEqual({ taken: offered, refused: 0, spansInReport: offered });
});
