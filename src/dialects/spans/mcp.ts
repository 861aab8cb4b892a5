import { pickText } from "./attributes.ts";
import { nameIn } from "./tool.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

/** MCP conventions: one call is a client's span and a server's, maybe under the agent's own; `jsonrpc.request.id` is not the call id. */
export const mcp = spanDialect({
  name: "mcp",
  score: (span) => (pickText(span.attributes, ["mcp.method.name"]) === null ? 0 : SCORES.shared + 5),
  kind: (span) => (pickText(span.attributes, ["mcp.method.name"]) === "tools/call" ? "tool" : "chain"),
  tool: (span) => pickText(span.attributes, ["gen_ai.tool.name", "mcp.tool.name"]) ?? nameIn(span.name),
  also(span, voice) {
    // A server says that the tool's result is an error, not what it is.
    if (pickText(span.attributes, ["mcp.method.name"]) !== "tools/call") return;
    const code = pickText(span.attributes, ["rpc.response.status_code"]);
    if (code === null || span.status.message !== null) return;
    voice.text("status", `MCP error ${code}`, span.endNs, {
      tool: pickText(span.attributes, ["gen_ai.tool.name"]) ?? nameIn(span.name),
    });
  },
});
