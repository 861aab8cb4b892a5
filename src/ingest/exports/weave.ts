import type { Failure } from "../../records/fact.ts";
import type { Span } from "../../records/records.ts";
import { firstText, object, objects, text, textOf, type Json } from "../json/access.ts";
import { parseIfText } from "../json/parse.ts";
import { anyNanos } from "../otlp/times.ts";
import { frameRows } from "./frame.ts";
import { halvesHandler } from "./halves.ts";
import { observedSpan } from "./observed.ts";

/**
 * Weights & Biases Weave: calls as its SDK sends them, whole (`/calls/complete`: `{batch: [call]}`) or in halves
 * (`/call/upsert_batch`: `{batch: [{mode: "start" | "end", req: {start | end: call}}]}`), and as its API and interface give
 * them: lines, lists, `{calls: [...]}`, CSV.
 */
export const weave = halvesHandler({
  cut: ["batch.*", "calls.*", "*"],
  isWhole: (call) => firstText(call["ended_at"]) !== null && firstText(call["op_name"]) !== null,
  partsIn: (value) => callsIn(value).map((call) => [firstText(call["id"]), call] as const),
  spanOf,
});

function callsIn(value: unknown): Json[] {
  const outer = object(value);
  const list = outer["batch"] ?? outer["calls"];
  return (Array.isArray(list) ? objects(list) : frameRows(value)).map(callIn);
}

/** The call of one item of a batch. */
export function callIn(item: Json): Json {
  const request = object(item["req"]);
  const half = request["start"] ?? request["end"] ?? item["start"] ?? item["end"];
  return typeof half === "object" && half !== null ? (half as Json) : item;
}

function spanOf(call: Json, source: string, line: number): Span | null {
  const inputs = object(call["inputs"]);
  const kind = object(object(call["attributes"])["weave"])["kind"];
  return observedSpan(
    "weave",
    {
      ids: { traceId: call["trace_id"] ?? call["id"], spanId: call["id"], parentSpanId: call["parent_id"] },
      kind: KINDS[text(kind) ?? ""] ?? (isRequest(inputs) ? "model" : "chain"),
      name: nameOf(call),
      startNs: anyNanos(call["started_at"]),
      endNs: anyNanos(call["ended_at"]),
      input: call["inputs"],
      output: call["output"],
      model: firstText(inputs["model"]),
      tools: inputs["tools"],
      conversation: firstText(call["thread_id"]),
      error: errorOf(call["exception"]),
    },
    source,
    line,
  );
}

const KINDS: Record<string, "model" | "tool" | "agent"> = { llm: "model", tool: "tool", agent: "agent" };

/** Old versions do not say what an operation is; only a client's request has both. */
function isRequest(inputs: Json): boolean {
  return typeof inputs["model"] === "string" && (Array.isArray(inputs["messages"]) || Array.isArray(inputs["tools"]));
}

/** `weave:///entity/project/op/NAME:VERSION`. */
function nameOf(call: Json): string {
  const name = text(call["op_name"]) ?? "";
  return /\/op\/([^/:]{1,200})(?::|$)/.exec(name)?.[1] ?? name;
}

/** JSON as a text: `{type, message, traceback: [{filename, line_number, function_name, text}]}`. */
function errorOf(value: unknown): Failure | null {
  const said = textOf(value);
  if (said === null || said === "") return null;
  const error = object(parseIfText(value));
  const [type, message] = [firstText(error["type"]), firstText(error["message"])];
  if (type === null && message === null) return { type: null, message: said, stack: null };
  const all = objects(error["traceback"]).slice(-MOST_FRAMES);
  // Weave's wrapper calls what failed: the frames up to it are not the failure's.
  const from = all.findLastIndex((frame) => /[\\/]weave[\\/]trace[\\/]/.test(text(frame["filename"]) ?? ""));
  const frames = all
    .slice(from + 1)
    .map(
      (frame) =>
        `  File "${frame["filename"]}", line ${frame["line_number"]}, in ${frame["function_name"]}\n    ${frame["text"]}`,
    );
  const stack = ["Traceback (most recent call last):", ...frames, `${type ?? "Exception"}: ${message ?? ""}`].join(
    "\n",
  );
  return { type, message, stack: frames.length > 0 ? stack : null };
}

const MOST_FRAMES = 100;
