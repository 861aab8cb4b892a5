// An MCP client and server in one process; the server's tool throws.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

const server = new McpServer({ name: "s", version: "1" });
server.registerTool("get_weather", {}, () => {
  throw new Error("no weather station");
});
const client = new Client({ name: "c", version: "1" });
const [left, right] = InMemoryTransport.createLinkedPair();
await Promise.all([server.connect(left), client.connect(right)]);
await client.callTool({ name: "get_weather", arguments: {} });
await client.close();
