import type { Span } from "../../records/records.ts";
import { firstText, object, objects, text, textOf, type Json } from "../json/access.ts";
import { anyNanos } from "../otlp/times.ts";
import { known } from "./langfuse.ts";
import { exportedSpan, spanHandler } from "./span.ts";

/** LangSmith's runs: objects or JSON lines with `run_type`, maybe with `child_runs`; `error` is the repr and the traceback, `session_id` is the project. */
export const langsmith = spanHandler(["*", "runs.*", "data.*"], function* (value, source, line) {
  const outer = object(value);
  const list = Array.isArray(value) ? value : (outer["runs"] ?? outer["data"] ?? [value]);
  yield* runs(objects(Array.isArray(list) ? list : [value]), source, line, 0);
});

function* runs(list: readonly Json[], source: string, line: number, depth: number): Iterable<Span | null> {
  for (const run of list) {
    yield spanOf(run, source, line);
    if (depth < MAX_DEPTH) yield* runs(objects(run["child_runs"]), source, line, depth + 1);
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
    { traceId: run["trace_id"] ?? run["id"], spanId: run["id"], parentSpanId: run["parent_run_id"] },
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
          ? firstText(metadata["tool_call_id"], object(run["inputs"])["tool_call_id"])
          : null,
        "gen_ai.prompt": textOf(run["inputs"]),
        "gen_ai.completion": textOf(run["outputs"]),
        "gen_ai.tool.definitions": textOf(parameters["tools"]),
        "gen_ai.request.model": firstText(metadata["ls_model_name"], parameters["model"], parameters["model_name"]),
        "langsmith.metadata.thread_id": firstText(
          metadata["thread_id"],
          metadata["conversation_id"],
          metadata["session_id"],
        ),
      }),
      events:
        error === null
          ? []
          : [
              {
                timeNs: endNs,
                name: "exception",
                attributes: { "exception.type": "Exception", "exception.message": error },
              },
            ],
      scope: { name: "langsmith", version: null, attributes: {} },
    },
  );
}
