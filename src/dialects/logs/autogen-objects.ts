import type { RequestedCall, ToolResult } from "../../records/records.ts";
import type { Python } from "./python-repr.ts";
import { PythonCall } from "./python-repr.ts";

/** The `FunctionCall(id, arguments, name)` in a repr, at any depth. */
export function autogenCalls(value: Python): RequestedCall[] {
  return [...walk(value)]
    .filter(({ name }) => name === "FunctionCall")
    .map(({ fields }) => ({
      id: text(fields["id"]),
      name: text(fields["name"]),
      argumentsRaw: text(fields["arguments"]),
    }));
}

/** The `FunctionExecutionResult(content, name, call_id, is_error)` in a repr, at any depth. The name came with 0.4.8, the flag with 0.4.6. */
export function autogenResults(value: Python): ToolResult[] {
  return [...walk(value)]
    .filter(({ name }) => name === "FunctionExecutionResult")
    .map(({ fields }) => ({
      callId: text(fields["call_id"]),
      tool: text(fields["name"]),
      content: text(fields["content"]) ?? "",
      isError: flag(fields["is_error"]),
    }));
}

/** All objects of a repr, depth first. */
export function* walk(value: Python | undefined): Generator<PythonCall> {
  if (typeof value !== "object" || value === null) return;
  if (value instanceof PythonCall) {
    yield value;
    for (const item of value.args) yield* walk(item);
    for (const item of Object.values(value.fields)) yield* walk(item);
  } else for (const item of Array.isArray(value) ? value : Object.values(value)) yield* walk(item);
}

export function text(value: Python | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function flag(value: Python | undefined): boolean | null {
  return typeof value === "boolean" ? value : null;
}
