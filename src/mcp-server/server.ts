import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import type { Classifier } from "../index.ts";
import { DIAGNOSE, EXPLAIN, runDiagnose, runExplain, type Answer } from "./tools.ts";

export interface ServeOptions {
  version: string;
  /** All of them, for `explain`. */
  classifiers: readonly Classifier[];
  /** Those that the user added. */
  added: readonly Classifier[];
  signal: AbortSignal;
}

/** Serves the tools over stdin and stdout until stdin ends or the signal comes. */
export async function serve({ version, classifiers, added, signal }: ServeOptions): Promise<void> {
  const server = new McpServer({ name: "misfire", version }, { instructions: INSTRUCTIONS });
  const annotations = { readOnlyHint: true, openWorldHint: false };
  server.registerTool(
    DIAGNOSE.name,
    { title: DIAGNOSE.title, description: DIAGNOSE.description, inputSchema: DIAGNOSE.input, annotations },
    async (input, extra) => resultOf(await runDiagnose(input, added, extra.signal)),
  );
  server.registerTool(
    EXPLAIN.name,
    { title: EXPLAIN.title, description: EXPLAIN.description, inputSchema: EXPLAIN.input, annotations },
    (input) => resultOf(runExplain(input, classifiers)),
  );
  const ended = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
    process.stdin.on("end", resolve);
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await server.connect(new StdioServerTransport());
  await ended;
  await server.close();
}

const INSTRUCTIONS =
  "misfire says why tool calls of LLM agents failed. Call `diagnose` with the log or trace files of a run that went wrong, then change what its fix says; `explain` tells more about one root cause.";

function resultOf({ text, report, isError }: Answer) {
  return {
    content: [{ type: "text" as const, text }],
    ...(report !== undefined && { structuredContent: { ...report } }),
    ...(isError === true && { isError }),
  };
}
