import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import type { Classifier } from "../index.ts";
import type { Answer } from "./answer.ts";
import { COMPARE, runCompare, runShow, SHOW } from "./run-tools.ts";
import { DIAGNOSE, EXPLAIN, runDiagnose, runExplain } from "./tools.ts";

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
  server.registerTool("diagnose", { ...DIAGNOSE, annotations }, async (input, extra) =>
    resultOf(await runDiagnose(input, added, extra.signal)),
  );
  server.registerTool("explain", { ...EXPLAIN, annotations }, (input) => resultOf(runExplain(input, classifiers)));
  server.registerTool("show", { ...SHOW, annotations }, async (input, extra) =>
    resultOf(await runShow(input, added, extra.signal)),
  );
  server.registerTool("compare", { ...COMPARE, annotations }, async (input, extra) =>
    resultOf(await runCompare(input, added, extra.signal)),
  );
  const ended = new Promise<void>((resolve) => {
    process.stdin.on("end", resolve);
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await server.connect(new StdioServerTransport());
  await ended;
  await server.close();
}

const INSTRUCTIONS =
  "misfire says why tool calls of LLM agents failed. Call `diagnose` with the log or trace files of a run that went wrong, then change what its fix says; `explain` tells more about one root cause, `show` what happened in one run, `compare` what a change did.";

function resultOf({ text, data, isError }: Answer) {
  return {
    content: [{ type: "text" as const, text }],
    ...(data !== undefined && { structuredContent: { ...data } }),
    ...(isError === true && { isError }),
  };
}
