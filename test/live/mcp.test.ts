import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "misfire-mcp-"));
const root = fileURLToPath(new URL("../../", import.meta.url));
const client = new Client({ name: "test", version: "1" });

beforeAll(async () => {
  const file = join(folder, "misfire.mjs");
  writeFileSync(file, `import { start } from ${JSON.stringify(join(root, "src/cli/main.ts"))};\nawait start();\n`);
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [file, "mcp"], cwd: folder }));
}, 20_000);
afterAll(async () => {
  await client.close();
  rmSync(folder, { recursive: true });
});

interface Result {
  content: { text: string }[];
  structuredContent?: { verdict: string; incidents: { classifier: string }[] };
  isError?: boolean;
}
const call = async (name: string, input: Record<string, unknown>): Promise<Result> =>
  (await client.callTool({ name, arguments: input })) as unknown as Result;

describe("misfire mcp", { timeout: 20_000 }, () => {
  it("offers its tools", async () => {
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual([
      "diagnose",
      "explain",
      "show",
      "compare",
    ]);
  });

  it("diagnoses files and texts", async () => {
    const traces = join(root, "test/captures/autogen@0.7.5/orders-unknown-tool+native/traces.jsonl");
    const { content, structuredContent } = await call("diagnose", { paths: [traces] });
    expect(structuredContent?.incidents[0]?.classifier).toBe("registration/unknown-tool");
    expect(content[0]?.text).toContain("registration/unknown-tool");
    const text = await call("diagnose", {
      text: "TypeError: get_claim() got an unexpected keyword argument 'claimId'",
    });
    expect(text.content[0]?.text).toContain("get_claim");
    expect(await call("diagnose", { paths: ["/no/such/file"] })).toMatchObject({ isError: true });
    expect(await call("diagnose", {})).toMatchObject({ isError: true });
  });

  it("shows a run and compares two", async () => {
    const [failed, healthy] = ["orders-unknown-tool+native", "orders-healthy-ticket+native"].map((name) =>
      join(root, `test/captures/autogen@0.7.5/${name}/traces.jsonl`),
    );
    const shown = await call("show", { paths: [failed] });
    expect(shown.content[0]?.text).toContain("registration/unknown-tool");
    expect(await call("show", { paths: [failed], id: "nothing-like-it" })).toMatchObject({ isError: true });
    const compared = await call("compare", { before: healthy, after: failed });
    expect(compared.content[0]?.text).toContain("registration/unknown-tool");
    expect(compared.structuredContent).toMatchObject({ causes: [{ change: "new" }] });
  });

  it("explains a root cause, and names those near when there is none", async () => {
    expect((await call("explain", { id: "arguments/unexpected-argument" })).content[0]?.text).toContain("fix");
    expect(await call("explain", { id: "arguments/nothing" })).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining("arguments/unexpected-argument") as string }],
    });
  });
});
