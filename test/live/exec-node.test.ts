import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/index.ts";
import { exec } from "./executing.ts";
import { modelServer, type ModelServer } from "./model-server.ts";

const folder = mkdtempSync(join(tmpdir(), "misfire-node-"));
const root = fileURLToPath(new URL("../../", import.meta.url));
let model: ModelServer;
beforeAll(async () => {
  model = await modelServer();
  mkdirSync(join(folder, "node_modules/.bin"), { recursive: true });
  symlinkSync(join(root, "node_modules/openai"), join(folder, "node_modules/openai"));
  writeFileSync(join(folder, "package.json"), '{"name": "app", "scripts": {"agent": "node agent.mjs"}}');
});
afterAll(async () => {
  await model.close();
  rmSync(folder, { recursive: true });
});

const ASK = `
const client = new OpenAI();
const answer = client.chat.completions.create({ model: "gpt-4o", messages: [{ role: "user", content: "hi" }],
  tools: [{ type: "function", function: { name: "get_claim", parameters: { type: "object" } } }] });
answer.then(({ choices }) => console.log(choices[0].message.tool_calls[0].function.name));`;
const ESM = `import OpenAI from "openai";${ASK}`;
const CJS = `const { OpenAI } = require("openai");${ASK}`;
const TS = ESM.replace("const client =", "const client: OpenAI =");

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The command is unchanged and the tap is off: what is seen comes from the instrumentation. */
async function traced(command: string[]): Promise<{ out: string; err: string; report: Report }> {
  const report = join(folder, "report.json");
  const { out, err } = await exec(["--no-tap", "-f", "json", "--report", report, "--", ...command], {
    cwd: folder,
    env: {
      OPENAI_BASE_URL: model.url,
      OPENAI_API_KEY: "sk-test",
      PATH: `${dirname(process.execPath)}:${process.env["PATH"]}`,
    },
  });
  return { out: out.toString(), err, report: JSON.parse(readFileSync(report, "utf8")) as Report };
}

describe("misfire exec traces Node programs as they are", () => {
  it.each([
    ["ESM", () => ["node", file("agent.mjs", ESM)]],
    ["CommonJS", () => ["node", file("agent.cjs", CJS)]],
    ["TypeScript", () => ["node", file("agent.mts", TS)]],
    [
      "npx of a package's program",
      () => {
        chmodSync(file("node_modules/.bin/agent", `#!/usr/bin/env node\n${CJS}`), 0o755);
        return ["npx", "--offline", "agent"];
      },
    ],
    [
      "npm run of a script",
      () => {
        file("agent.mjs", ESM);
        return ["npm", "run", "--silent", "agent"];
      },
    ],
  ])("%s", async (_name, command) => {
    const { out, err, report } = await traced(command());
    expect(out, err).toBe("find_claim\n");
    expect(report.coverage.spans, err).toBeGreaterThan(0);
    expect(report.incidents[0]).toMatchObject({ classifier: "registration/unknown-tool", tool: "find_claim" });
  });
});
