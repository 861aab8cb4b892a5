import type { LogDialect } from "../../records/dialect.ts";
import { parsePython } from "./python-repr.ts";
import { voiceOf } from "./say.ts";
import type { Voice } from "./say.ts";

/** Lines of AG2 1.x's LoggingMiddleware. Failures stand at INFO, cut after some 80 characters: the class of the event decides. */
export const ag2Events: LogDialect = {
  name: "ag2-events",
  literals: [
    "toolcallevent(",
    "toolerrorevent(",
    "toolresultevent(",
    "toolnotfoundevent(",
    "tool execute: ",
    "modelresponse(",
  ],
  open: () => ({
    read(record, emit) {
      const found = LINE.exec(record.text);
      if (found === null) return "none";
      const voice = voiceOf(record, emit, { framework: "ag2" });
      if (found[1] === "LLM response") readCalls(record.text, voice);
      else if (found[1] === "Tool execute") readStart(record.text, voice);
      else if (found[1] === "Tool result") readResult(record.text, voice);
      return "claimed";
    },
  }),
};

const LINE = /^(LLM response|LLM call|Tool execute|Tool result): (?=\w+\()/;
const CALL = /ToolCallEvent\(id=([^,]{1,200}), name='([^'\n]{1,200})', arguments=/g;
const RESULT = /^Tool result: (Tool\w+Event)\(parent_id=([^,]{1,200}), name='([^'\n]{1,200})'/;
const CONTENT = /content=(?=['"])/;

function readCalls(text: string, voice: Voice): void {
  for (const [n, found] of [...text.matchAll(CALL)].slice(0, 200).entries()) {
    const raw = parsePython(text, found.index + found[0].length)?.value;
    voice.requested(
      { id: found[1]!.replaceAll("'", ""), name: found[2]!, argumentsRaw: typeof raw === "string" ? raw : null },
      n,
    );
  }
}

function readStart(text: string, voice: Voice): void {
  const open = text.indexOf("(");
  const tool = text.slice("Tool execute: ".length, open);
  voice.fact(
    {
      kind: "executed",
      callId: null,
      tool,
      argumentsRaw: text.slice(open + 1, text.lastIndexOf(")")),
      outcome: "started",
      error: null,
      durationNs: null,
    },
    text,
  );
}

function readResult(text: string, voice: Voice): void {
  const found = RESULT.exec(text);
  if (found === null) return;
  const [, type, callId, tool] = found;
  const at = CONTENT.exec(text);
  const value = at === null ? null : parsePython(text, at.index + at[0].length)?.value;
  const content = typeof value === "string" ? value : text.slice(found[0].length);
  voice.returned({ callId: callId!.replaceAll("'", ""), tool: tool!, content, isError: type !== "ToolResultEvent" });
  if (type === "ToolNotFoundEvent")
    voice.fact({ kind: "looked-up", callId: callId!, tool: tool!, ok: false, reason: content }, text, callId!);
}
