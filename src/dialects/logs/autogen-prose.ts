import type { LogDialect } from "../../records/dialect.ts";
import { autogenCalls, autogenResults, text } from "./autogen-objects.ts";
import { createRepeats } from "./repeats.ts";
import type { Repeats } from "./repeats.ts";
import { parsePython, PythonCall } from "./python-repr.ts";
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
  open() {
    const repeats = createRepeats();
    return {
      read(record, emit) {
        if (!RUNTIME.test(record.text) && !PRINTED.test(record.text)) return "none";
        const voice = voiceOf(record, emit, { framework: "autogen" });
        for (const value of objectsIn(record.text)) tell(value, voice, repeats);
        return "claimed";
      },
    };
  },
};

const RUNTIME =
  /^(?:Sending message of type|Publishing message of type|Calling message handler|Resolving response with message type) /;
const PRINTED =
  /^(?:\w*: ?)?(?:\[?(?:FunctionCall|FunctionExecutionResult|ToolCall\w+|TaskResult|Response)\(|(?:id|source)=')/;
const OBJECT =
  /\b(?:FunctionCall|FunctionExecutionResult|ToolCall(?:Request|Execution)Event|ToolCallSummaryMessage|TaskResult|Response)\(/g;

function* objectsIn(line: string): Generator<Python> {
  const pattern = new RegExp(OBJECT);
  for (let found = pattern.exec(line), tries = 0; found !== null && tries < 200; found = pattern.exec(line), tries++) {
    const from = line[found.index - 1] === "[" ? found.index - 1 : found.index;
    const parsed = parsePython(line, from);
    if (parsed === null) continue;
    yield parsed.value;
    pattern.lastIndex = Math.max(parsed.end, found.index + 1);
  }
}

function tell(value: Python, voice: Voice, repeats: Repeats): void {
  if (Array.isArray(value)) {
    if (isCallList(value)) tellCalls(value, voice, repeats, false);
    else for (const item of value) tell(item, voice, repeats);
  } else if (value instanceof PythonCall) tellObject(value, voice, repeats);
}

function tellObject(object: PythonCall, voice: Voice, repeats: Repeats): void {
  const { name, fields } = object;
  const source = text(fields["source"]);
  const own = source === null ? voice : voice.with({ agent: source });
  const content = fields["content"] ?? null;
  if (name === "ToolCallRequestEvent") tellCalls(content, own, repeats, true);
  else if (name === "ToolCallExecutionEvent" || name === "FunctionExecutionResult")
    for (const result of autogenResults(name === "FunctionExecutionResult" ? object : content)) own.returned(result);
  else if (name === "FunctionCall") tellCalls(object, own, repeats, false);
  else if (name !== "ToolCallSummaryMessage")
    for (const item of [...object.args, ...Object.values(fields)]) tell(item, own, repeats);
  const reason = name === "TaskResult" ? text(fields["stop_reason"]) : null;
  if (reason === null) return;
  own.fact({ kind: "run-ended", outcome: "stopped", reason }, reason);
  own.text("status", reason);
}

function tellCalls(value: Python, voice: Voice, repeats: Repeats, isTaken: boolean): void {
  const calls = autogenCalls(value);
  if (repeats.has(calls)) return;
  for (const [n, call] of calls.entries()) {
    voice.requested(call, n);
    if (isTaken) voice.started(call);
  }
}

function isCallList(value: Python[]): boolean {
  return value.length > 0 && value.every((item) => item instanceof PythonCall && item.name === "FunctionCall");
}
