import { scopeOf, type Scope } from "../../records/evidence.ts";
import type { Exchange, Message, ToolDefinition } from "../../records/records.ts";

/** A saved history as an exchange without an answer: nobody saw it go over a wire. Each is a run of its own. */
export function historyExchange(
  source: string,
  line: number | null,
  index: number,
  messages: Message[],
  known: Partial<Scope> = {},
  tools: ToolDefinition[] | null = null,
): Exchange {
  return {
    timeNs: null,
    provider: null,
    model: known.model ?? null,
    status: null,
    tools,
    messages,
    answer: null,
    error: null,
    options: {},
    scope: scopeOf(source, { run: `${source}#${index + 1}`, ...known }),
    line,
    index,
  };
}
