import type { LogDialect } from "../../records/dialect.ts";
import { parseJsonText } from "../../ingest/json/parse.ts";
import { observation } from "../react.ts";
import { jsonText } from "./json.ts";
import { openPanel } from "./panels.ts";
import { parsePython } from "./python-repr.ts";
import { voiceOf } from "./say.ts";
import type { Voice } from "./say.ts";

/** CrewAI's verbose console: one panel for each start, end and failure of a tool. They carry no call id. */
export const crewai: LogDialect = {
  name: "crewai",
  literals: [
    "tool execution started",
    "tool execution completed",
    "tool error",
    "tool failure",
    "tool usage failed",
    "tool usage error",
    "agent tool execution",
    "tool input",
    "tool output",
  ],
  open() {
    const named: Named = { tool: null };
    return {
      read(record, emit) {
        const panel = openPanel(record.text);
        const kind = panel === null ? undefined : KINDS.find(([pattern]) => pattern.test(panel.title))?.[1];
        if (panel === null || kind === undefined) return "none";
        READ[kind](panel.body, voiceOf(record, emit, { framework: "crewai" }), named);
        return "claimed";
      },
    };
  },
};

/** Until 1.0 the panels of a call's input and output follow one that names its tool. */
interface Named {
  tool: string | null;
}

type Kind = "using" | "input" | "output" | "started" | "completed" | "failed";
const KINDS: [RegExp, Kind][] = [
  [/Agent Tool Execution/, "using"],
  [/^\W*Tool Input\W*$/, "input"],
  [/^\W*Tool Output\W*$/, "output"],
  [/Tool (?:Execution|Usage) Started/, "started"],
  [/Tool (?:Execution|Usage) (?:Completed|Finished)/, "completed"],
  [/Tool (?:Error|Failure|Usage Failed|Usage Error)/, "failed"],
];

const READ: Record<Kind, (body: string, voice: Voice, named: Named) => void> = {
  using(body, _, named) {
    named.tool = field(body, "Using Tool");
  },
  input(body, voice, { tool }) {
    if (tool !== null) voice.requested({ id: null, name: tool, argumentsRaw: inner(body) }, 0);
  },
  output(body, voice, { tool }) {
    const { content, isError } = observation(body);
    if (tool !== null) voice.returned({ callId: null, tool, content, isError });
  },
  started(body, voice) {
    const value = parsePython(field(body, "Args") ?? "")?.value ?? null;
    const name = field(body, "Tool");
    voice.requested({ id: null, name, argumentsRaw: value === null ? null : jsonText(value), parsed: true }, 0);
  },
  completed(body, voice) {
    const tool = field(body, "Tool") ?? "";
    const content = rest(body, "Output") ?? "";
    voice.fact(
      { kind: "executed", callId: null, tool, argumentsRaw: null, outcome: "ok", error: null, durationNs: null },
      content,
    );
    voice.returned({ callId: null, tool, content, isError: null });
  },
  failed(body, voice) {
    const tool = field(body, "Tool") ?? field(body, "Name") ?? field(body, "Code");
    const content = rest(body, "Error") ?? field(body, "Message") ?? body;
    if (/UNKNOWN_TOOL/.test(body))
      voice.fact({ kind: "looked-up", callId: null, tool, ok: false, reason: content }, content);
    voice.returned({ callId: null, tool, content, isError: true });
  },
};

/** The JSON text of a JSON text; anything else as it is. */
function inner(body: string): string {
  const value = body.startsWith('"') ? parseJsonText(body) : null;
  return typeof value === "string" ? value : body;
}

function field(body: string, name: string): string | null {
  return new RegExp(`^${name}: (.*)$`, "m").exec(body)?.[1]?.trim() ?? null;
}

/** A field that runs to the end of the panel. */
function rest(body: string, name: string): string | null {
  const at = new RegExp(`^${name}: ?`, "m").exec(body);
  return at === null ? null : body.slice(at.index + at[0].length).trim();
}
