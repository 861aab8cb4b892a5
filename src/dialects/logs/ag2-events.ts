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
      else readResults(record.text, voice);
      return "claimed";
    },
  }),
};

const LINE = /^(LLM response|LLM call|Tool execute|Tool result): (?=\w+\()/;
const CALL = /ToolCallEvent\(id=([^,]{1,200}), name='([^'\n]{1,200})', arguments=/g;
const RESULT = /(Tool(?:Error|Result|NotFound)Event)\(parent_id=([^,]{1,200}), name='([^'\n]{1,200})'/g;
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

/** A result is told when it is there, and again in the next request. An unknown tool's is in the request alone. */
function readResults(text: string, voice: Voice): void {
  for (const found of [...text.matchAll(RESULT)].slice(0, 200)) {
    const [type, callId, tool] = [found[1]!, found[2]!.replaceAll("'", ""), found[3]!];
    const from = found.index + found[0].length;
    const at = CONTENT.exec(text.slice(from, from + 200));
    const value = at === null ? null : parsePython(text, from + at.index + at[0].length)?.value;
    const content = typeof value === "string" ? value : text.slice(from, from + 2000);
    voice.returned({ callId, tool, content, isError: type !== "ToolResultEvent" });
    if (type === "ToolNotFoundEvent")
      voice.fact({ kind: "looked-up", callId, tool, ok: false, reason: content }, text, callId);
  }
}
