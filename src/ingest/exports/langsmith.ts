import type { Span } from "../../records/records.ts";
import { firstText, object, objects, text, textOf, type Json } from "../json/access.ts";
import { anyNanos } from "../otlp/times.ts";
import { frameRows } from "./frame.ts";
import { halvesHandler } from "./halves.ts";
import { known } from "./langfuse.ts";
import { exportedSpan } from "./span.ts";

/**
 * LangSmith's runs: objects, arrays or JSON lines with `run_type`, maybe with `child_runs`, and what its SDKs send:
 * `{post: [run], patch: [run]}`, one run a body. A run is begun in one and ended in another, and `error` is the repr and
 * the traceback.
 */
export const langsmith = halvesHandler({
  cut: ["*", "runs.*", "data.*", "post.*", "patch.*"],
  isWhole: (run) => firstText(run["end_time"]) !== null && firstText(run["run_type"]) !== null,
  *partsIn(value) {
    for (const run of runsIn(value)) yield [firstText(run["id"], run["run_id"]), run];
  },
  spanOf,
});

function* runsIn(value: unknown): Iterable<Json> {
  const outer = object(value);
  if (Array.isArray(value)) yield* withChildren(objects(value), 0);
  else if (Array.isArray(outer["post"]) || Array.isArray(outer["patch"]))
    yield* [...objects(outer["post"]), ...objects(outer["patch"])];
  else {
    const list = outer["runs"] ?? outer["data"];
    yield* withChildren(Array.isArray(list) && !("columns" in outer) ? objects(list) : frameRows(outer), 0);
  }
}

function* withChildren(list: readonly Json[], depth: number): Iterable<Json> {
  for (const run of list) {
    yield run;
    if (depth < MAX_DEPTH) yield* withChildren(objects(run["child_runs"]), depth + 1);
  }
}

const MAX_DEPTH = 64;

function spanOf(run: Json, source: string, line: number): Span | null {
  const extra = object(run["extra"]);
  const metadata = object(extra["metadata"]);
  const parameters = object(extra["invocation_params"]);
  const error = firstText(run["error"]);
  const isTool = run["run_type"] === "tool";
  const endNs = anyNanos(run["end_time"]);
  return exportedSpan(
    source,
    line,
    {
      traceId: run["trace_id"] ?? run["id"],
      spanId: run["id"] ?? run["run_id"],
      parentSpanId: run["parent_run_id"] ?? object(run["parent_run"])["id"],
    },
    {
      name: text(run["name"]) ?? "",
      kind: "internal",
      startNs: anyNanos(run["start_time"]),
      endNs,
      status: { code: error !== null ? "error" : run["status"] === "success" ? "ok" : "unset", message: null },
      attributes: known({
        "langsmith.span.kind": run["run_type"],
        "langsmith.trace.name": run["name"],
        "gen_ai.tool.name": isTool ? run["name"] : null,
        "gen_ai.tool.call.id": isTool
          ? firstText(extra["tool_call_id"], metadata["tool_call_id"], object(run["inputs"])["tool_call_id"])
          : null,
        "gen_ai.prompt": textOf(run["inputs"]),
        // what failed has no result
        "gen_ai.completion":
          error !== null && object(run["outputs"])["output"] === null ? null : textOf(run["outputs"]),
        "gen_ai.tool.definitions": textOf(parameters["tools"]),
        "gen_ai.request.model": firstText(metadata["ls_model_name"], parameters["model"], parameters["model_name"]),
        "langsmith.metadata.thread_id": firstText(
          metadata["thread_id"],
          metadata["conversation_id"],
          metadata["session_id"],
        ),
      }),
      events: error === null ? [] : [{ timeNs: endNs, name: "exception", attributes: exceptionIn(error) }],
      scope: { name: "langsmith", version: null, attributes: {} },
    },
  );
}

/**
 * Python writes the exception's repr and its traceback into one text; LangChain parts the lines by three breaks. The last
 * line has the words as everybody else prints them.
 */
function exceptionIn(error: string): Record<string, unknown> {
  const at = error.indexOf("Traceback (most recent call last):");
  if (at < 0) return { "exception.type": "Exception", "exception.message": error };
  const stack = error.slice(at).replaceAll("\n\n\n", "\n").trimEnd();
  const [, type = null] = /^([A-Za-z_][\w.]{0,100})\(/.exec(error) ?? [];
  const last = type === null ? -1 : Math.max(stack.lastIndexOf(`\n${type}: `), stack.lastIndexOf(`.${type}: `));
  return {
    "exception.type": type ?? "Exception",
    "exception.message": last < 0 ? error.slice(0, at).trim() : stack.slice(last + (type as string).length + 3),
    "exception.stacktrace": stack,
  };
}
