import type { LogDialect } from "../../records/dialect.ts";
import { autogenCalls, autogenResults, text, walk } from "./autogen-objects.ts";
import { parsePython } from "./python-repr.ts";
import type { Python } from "./python-repr.ts";
import { voiceOf } from "./say.ts";
import type { Voice } from "./say.ts";

/**
 * Lines of AutoGen's runtime and of programs that print its objects: reprs with calls and results inside. They hold the
 * whole results even in 0.5.0 to 0.7.1, where the JSON payloads do not.
 */
export const autogenProse: LogDialect = {
  name: "autogen-prose",
  literals: ["functioncall(", "functionexecutionresult(", "taskresult(", "message of type ", "calling message handler"],
  open: () => ({
    read(record, emit) {
      const isRuntime = RUNTIME.test(record.text);
      if (!isRuntime && !PRINTED.test(record.text)) return "none";
      const voice = voiceOf(record, emit, { framework: "autogen" });
      for (const value of objectsIn(record.text)) tell(value, voice);
      return "claimed";
    },
  }),
};

const RUNTIME = /^(?:Sending message of type|Publishing message of type|Calling message handler|Resolving response with message type) /;
const PRINTED = /^(?:\w*: ?)?(?:\[?(?:FunctionCall|FunctionExecutionResult|ToolCall\w+|TaskResult|Response)\(|(?:id|source)=')/;
const OBJECT = /\b(?:FunctionCall|FunctionExecutionResult|ToolCall(?:Request|Execution)Event|TaskResult|Response)\(/g;

function* objectsIn(line: string): Generator<Python> {
  const pattern = new RegExp(OBJECT);
  for (let found = pattern.exec(line), tries = 0; found !== null && tries < 200; found = pattern.exec(line), tries++) {
    const parsed = parsePython(line, found.index);
    if (parsed === null) continue;
    yield parsed.value;
    pattern.lastIndex = parsed.end;
  }
}

function tell(value: Python, voice: Voice): void {
  const sources = [...walk(value)].map(({ fields }) => text(fields["source"])).filter((source) => source !== null);
  const own = new Set(sources).size === 1 ? voice.with({ agent: sources[0]! }) : voice;
  autogenCalls(value).forEach((call, n) => own.requested(call, n));
  for (const result of autogenResults(value)) own.returned(result);
  for (const { name, fields } of walk(value)) {
    if (name === "ToolCallRequestEvent") for (const call of autogenCalls(fields["content"] ?? null)) own.started(call);
    const reason = name === "TaskResult" ? text(fields["stop_reason"]) : null;
    if (reason === null) continue;
    own.fact({ kind: "run-ended", outcome: "stopped", reason }, reason);
    own.text("status", reason);
  }
}
