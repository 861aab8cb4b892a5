import { version } from "../../index.ts";
import { builtInPack } from "../../pack.ts";
import { loadClassifiers } from "../../user-packs.ts";
import type { Call } from "../call.ts";
import { EXIT, UsageError } from "../errors.ts";

/** `misfire mcp`: an MCP server over stdio. */
export async function run({ words, values, io }: Call): Promise<number> {
  if (words.length > 0) throw new UsageError("mcp takes no arguments (misfire help mcp)");
  if (io.inIsTerminal)
    io.err("misfire: an MCP server on stdin and stdout; a coding agent starts it (misfire help mcp). Ctrl-C ends it\n");
  const added = await loadClassifiers(values.classifiers);
  const { serve } = await import("../../mcp-server/server.ts");
  await serve({
    version,
    classifiers: [...added.filter(({ silence }) => !silence), ...builtInPack().classifiers],
    added,
    signal: io.signal,
  });
  return EXIT.ok;
}
