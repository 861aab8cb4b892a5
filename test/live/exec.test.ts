import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/index.ts";
import { exec } from "./executing.ts";
import { running } from "./listening.ts";
import { modelServer, type ModelServer } from "./model-server.ts";

const folder = mkdtempSync(join(tmpdir(), "misfire-exec-"));
const root = fileURLToPath(new URL("../../", import.meta.url));
let model: ModelServer;
beforeAll(async () => void (model = await modelServer()));
afterAll(async () => {
  await model.close();
  rmSync(folder, { recursive: true });
});

function program(name: string, text: string): string[] {
  const file = join(folder, name);
  writeFileSync(file, text);
  return ["--", process.execPath, file];
}

/** A program that exports one run to where it is told. */
function exporting(protocol: string): string {
  return `import { exporterOf, exportRun } from ${JSON.stringify(join(root, "test/live/exporters.ts"))};
    const address = new URL(process.env.OTEL_EXPORTER_OTLP_ENDPOINT);
    const to = { http: address.origin, grpc: address.host };
    await exportRun(exporterOf(${JSON.stringify(protocol)}, to, true), "4bf92f3577b34da6a3ce929d0e0e4736");`;
}

// each starts two or three processes
describe("misfire exec", { timeout: 30_000 }, () => {
  it("passes bytes, stdin and the exit code through, and says why the call failed", async () => {
    const command = program(
      "broken.mjs",
      `process.stdin.on("data", (d) => process.stdout.write(d));
       process.stdin.on("end", () => {
         process.stdout.write(Buffer.from([0, 255, 10, 13]));
         console.error("Traceback (most recent call last):\\n  File \\"app.py\\", line 3, in run_tool\\n    return tool(**arguments)\\nTypeError: get_claim() got an unexpected keyword argument 'claimId'");
         process.exitCode = 7;
       });`,
    );
    const ran = await exec(command, { input: "tool_calls: get_claim\n" });
    expect([...ran.out]).toEqual([...Buffer.from("tool_calls: get_claim\n"), 0, 255, 10, 13]);
    expect(ran.code).toBe(7);
    expect(ran.err).toMatch(/^Traceback/);
    expect(ran.err).toContain("arguments/unexpected-argument");
  });

  it("sees the model calls of an unchanged program; --fail-on turns 0 into 1", async () => {
    const report = join(folder, "report.json");
    const command = program(
      "agent.mjs",
      `import OpenAI from ${JSON.stringify(join(root, "node_modules/openai/index.mjs"))};
       const client = new OpenAI();
       const answer = await client.chat.completions.create({ model: "gpt-4o", messages: [{ role: "user", content: "hi" }],
         tools: [{ type: "function", function: { name: "get_claim", parameters: { type: "object" } } }] });
       console.log(answer.choices[0].message.tool_calls[0].function.name);`,
    );
    const env = { OPENAI_BASE_URL: `${model.url}/v1`, OPENAI_API_KEY: "sk-proj-abcdefghij0123456789" };
    const ran = await exec(["--fail-on", "error", "-f", "json", "--report", report, ...command], { env });
    expect(ran).toMatchObject({ code: 1, err: "" });
    expect(ran.out.toString()).toBe("find_claim\n");
    expect(model.seen.at(-1)).toMatchObject({ method: "POST", path: "/v1/chat/completions" });
    const { incidents } = JSON.parse(readFileSync(report, "utf8")) as Report;
    expect(incidents[0]).toMatchObject({ classifier: "registration/unknown-tool", tool: "find_claim" });
    expect((await exec(["-q", ...command], { env })).code).toBe(0);
  });

  it.each(["http/protobuf", "grpc"] as const)(
    "receives its telemetry by %s at the one address that it is told",
    async (protocol) => {
      const command = program("traced.ts", exporting(protocol));
      const { err, code } = await exec(["-q", ...command]);
      expect(err).toContain("[registration/unknown-tool]");
      expect(code).toBe(0);
    },
  );

  it("passes its telemetry on to the collector that it had", async () => {
    const collector = await running(["listen", "--http-port", "0", "--grpc-port", "0", "--log-level", "silent", "-q"]);
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.http };
    const { err } = await exec(["-q", ...program("traced.ts", exporting("http/protobuf"))], { env });
    expect(err).toContain("[registration/unknown-tool]");
    expect((await collector.stop()).out).toContain("[registration/unknown-tool]");
  });

  it("passes signals on, and tells of a command that is not there", async () => {
    const command = program(
      "waits.mjs",
      `process.on("SIGTERM", () => process.exit(42)); console.log("ready"); setInterval(() => {}, 1000);`,
    );
    expect((await exec(["-q", ...command], { signal: "SIGTERM" })).code).toBe(42);
    const dies = program("dies.mjs", `console.log("ready"); setInterval(() => {}, 1000);`);
    expect((await exec(["-q", ...dies], { signal: "SIGINT" })).code).toBe(130);
    expect(await exec(["--", "no-such-command-here"])).toMatchObject({
      code: 127,
      err: "misfire: no-such-command-here: command not found\n",
    });
    const report = join(folder, "missing", "report.json");
    expect(await exec(["--report", report, "echo", "-n", "ran"])).toMatchObject({
      code: 2,
      out: Buffer.alloc(0),
      err: expect.stringContaining("misfire: --report: ENOENT") as string,
    });
  });
});
