import type { LogDialect } from "../../records/dialect.ts";
import { parseJson } from "./json.ts";
import { voiceOf } from "./say.ts";

/**
 * Rust's rig by `tracing`: the lines within the span of a tool's execution, whose fields are the GenAI conventions':
 * `execute_tool{gen_ai.tool.name="x" gen_ai.tool.call.id="call_1" gen_ai.tool.call.arguments="{}"}: rig::agent: executed tool x ...`.
 * A tool that failed is told twice, by its error and by its result.
 */
export const rig: LogDialect = {
  name: "rig",
  // without the sign behind it: colours may stand between
  literals: ["gen_ai.tool.name"],
  open: () => ({
    read(record, emit) {
      const found = SPAN.exec(record.text);
      if (found === null) return "none";
      const [, fields, message] = found as unknown as [string, string, string];
      const tool = field(fields, "gen_ai.tool.name");
      const failed = FAILED.exec(message);
      if (tool === null || (failed === null && !message.startsWith("executed tool "))) return "none";
      const voice = voiceOf(record, emit, { framework: "rig" });
      const callId = field(fields, "gen_ai.tool.call.id");
      voice.requested({ id: callId, name: tool, argumentsRaw: field(fields, "gen_ai.tool.call.arguments") }, 0);
      const content = failed === null ? field(fields, "gen_ai.tool.call.result") : message.slice(failed[0].length);
      if (content !== null) voice.returned({ callId, tool, content, isError: failed === null ? null : true });
      return "claimed";
    },
  }),
};

const SPAN = /\bexecute_tool\{((?:[^"{}]|"(?:[^"\\]|\\.)*")*)\}: [\w:]{1,120}: ([\s\S]*)$/;
const FAILED = /^Error while executing tool: /;

/** Rust's `{:?}` of a string is near enough to JSON. */
function field(fields: string, name: string): string | null {
  const at = fields.indexOf(`${name}=`);
  if (at === -1) return null;
  const quoted = /^"(?:[^"\\]|\\.)*"/.exec(fields.slice(at + name.length + 1))?.[0];
  if (quoted === undefined) return null;
  const value = parseJson(quoted);
  return typeof value === "string" ? value : quoted.slice(1, -1);
}
