import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/index.ts";
import { cli } from "../cli/run.ts";
import { PYTHON, SKIPPED } from "./clients.ts";
import { exec } from "./executing.ts";
import { capture } from "./listening.ts";
import { replay } from "./rig/replay.ts";

const folder = mkdtempSync(join(tmpdir(), "misfire-rig-"));
afterAll(() => rmSync(folder, { recursive: true }));

const app = (name: string): string => fileURLToPath(new URL(`rig/${name}`, import.meta.url));

/** What is the root cause of what; the same run has it once, through however many witnesses it was seen. */
function causes({ verdict, incidents, totals }: Report): unknown {
  return {
    verdict,
    totals,
    incidents: incidents
      .map(({ classifier, tool, count, modifiers, facts, causedBy }) => ({
        classifier,
        tool,
        count,
        modifiers,
        argument: facts["argument"] ?? null,
        isCause: causedBy === null,
      }))
      .toSorted((a, b) => (`${a.classifier} ${a.tool}` < `${b.classifier} ${b.tool}` ? -1 : 1)),
  };
}

async function live(name: string, command: string[]): Promise<{ report: Report; err: string }> {
  const model = await replay(capture(`${name}/requests.jsonl`).toString());
  const file = join(folder, "report.json");
  const env = { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: "sk-rig" };
  const { err } = await exec(["-f", "json", "--report", file, "--", ...command], { env });
  model.close();
  return { report: JSON.parse(readFileSync(file, "utf8")) as Report, err };
}

async function saved(name: string): Promise<Report> {
  const files = ["console.log", "traces.jsonl", "requests.jsonl"]
    .map((file) => fileURLToPath(new URL(`../captures/${name}/${file}`, import.meta.url)))
    .filter((path) => existsSync(path));
  return JSON.parse((await cli(["-f", "json", ...files])).out) as Report;
}

describe("a captured run that happens again under misfire exec", { timeout: 60_000 }, () => {
  it.each(["unknown-tool-stream", "tool-throws-cause", "strict-keys", "healthy-parallel"])(
    "AI SDK, %s: the verdict of the capture",
    async (scenario) => {
      const name = `ai-sdk@7.0.173/${scenario}+native`;
      const { report, err } = await live(name, [process.execPath, app("ai-sdk-app.mjs"), scenario]);
      expect(causes(report), err).toEqual(causes(await saved(name)));
      expect(report.coverage.spans).toBeGreaterThan(2);
    },
  );

  it
    .skipIf(PYTHON === null)
    .each(["orders-unknown-tool", "claims-argument-renamed", "weather-merged-stream", "orders-healthy-parallel"])(
    `AutoGen, %s: the verdict of the capture ${SKIPPED}`,
    async (scenario) => {
      const name = `autogen@0.7.5/${scenario}+native`;
      const { report, err } = await live(name, [PYTHON!, app("autogen_app.py"), scenario]);
      expect(causes(report), err).toEqual(causes(await saved(name)));
      expect(report.coverage.spans).toBeGreaterThan(0);
    },
  );
});
