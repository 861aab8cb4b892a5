import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Report } from "../../src/index.ts";
import { eventually, running } from "./listening.ts";

const folder = mkdtempSync(join(tmpdir(), "misfire-pipe-"));
const root = fileURLToPath(new URL("../../", import.meta.url));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a client sees of a server whose tool refuses a claim. */
async function use(transport: Transport): Promise<unknown[]> {
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  const tools = (await client.listTools()).tools.map(({ name }) => name);
  const refused = await client.callTool({ name: "get_claim", arguments: { claimId: "C-1" } });
  await client.close();
  return [tools, refused];
}

function claims(): McpServer {
  const server = new McpServer({ name: "claims", version: "1" });
  server.registerTool("get_claim", { inputSchema: { claim_id: z.string() } }, ({ claim_id }) => ({
    content: [{ type: "text", text: claim_id }],
  }));
  return server;
}

const SERVER = `
  import { McpServer } from ${JSON.stringify(join(root, "node_modules/@modelcontextprotocol/sdk/dist/esm/server/mcp.js"))};
  import { StdioServerTransport } from ${JSON.stringify(join(root, "node_modules/@modelcontextprotocol/sdk/dist/esm/server/stdio.js"))};
  import { z } from ${JSON.stringify(join(root, "node_modules/zod/index.js"))};
  const server = new McpServer({ name: "claims", version: "1" });
  server.registerTool("get_claim", { inputSchema: { claim_id: z.string() } }, ({ claim_id }) => ({ content: [{ type: "text", text: claim_id }] }));
  await server.connect(new StdioServerTransport());
`;

describe("misfire between an MCP client and its server", { timeout: 20_000 }, () => {
  it("passes messages on over stdio, and says why the call failed", async () => {
    const [server, program, report] = [
      join(folder, "server.mjs"),
      join(folder, "misfire.mjs"),
      join(folder, "report.json"),
    ];
    writeFileSync(server, SERVER);
    writeFileSync(program, `import { start } from ${JSON.stringify(join(root, "src/cli/main.ts"))};\nawait start();\n`);
    const direct = await use(new StdioClientTransport({ command: process.execPath, args: [server] }));
    const args = [program, "exec", "--mcp", "claims", "-f", "json", "--report", report, "--", process.execPath, server];
    expect(await use(new StdioClientTransport({ command: process.execPath, args }))).toEqual(direct);
    await eventually(() => {
      try {
        return readFileSync(report, "utf8").endsWith("\n");
      } catch {
        return false;
      }
    }, 10_000);
    const { incidents, sources } = JSON.parse(readFileSync(report, "utf8")) as Report;
    expect(incidents[0]).toMatchObject({ layer: "arguments", tool: "get_claim" });
    expect(sources.map(({ name }) => name)).toContain("mcp:claims");
  });

  it("passes messages on over streamable HTTP", async () => {
    const http = createServer((request, response) => {
      const transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: undefined,
      } as unknown as ConstructorParameters<typeof StreamableHTTPServerTransport>[0]);
      void claims()
        .connect(transport as Transport)
        .then(() => transport.handleRequest(request, response));
    });
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    const direct = await use(new StreamableHTTPClientTransport(new URL(`${url}/mcp`)) as Transport);
    const tap = await running(["tap", "--port", "0", "--to", url, "-f", "json"]);
    expect(await use(new StreamableHTTPClientTransport(new URL(`${tap.http}/mcp`)) as Transport)).toEqual(direct);
    const { out } = await tap.stop();
    expect((JSON.parse(out) as Report).incidents[0]).toMatchObject({ layer: "arguments", tool: "get_claim" });
    http.closeAllConnections();
    http.close();
  });
});
