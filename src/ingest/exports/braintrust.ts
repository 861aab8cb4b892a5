import type { Failure } from "../../records/fact.ts";
import type { Span } from "../../records/records.ts";
import { firstText, object, objects, text, textOf, type Json } from "../json/access.ts";
import { anyNanos } from "../otlp/times.ts";
import { frameRows } from "./frame.ts";
import { halvesHandler } from "./halves.ts";
import { observedSpan } from "./observed.ts";

/**
 * Braintrust: `{rows: [...]}` as its SDKs send them to `/logs3`, and the rows of its exports and queries (`{data: [...]}`,
 * lists, lines, CSV). A row is begun in one, and ended in another that has `_is_merge`.
 */
export const braintrust = halvesHandler({
  cut: ["rows.*", "data.*", "events.*", "*"],
  isWhole: (row) => row["end"] !== undefined && "span_attributes" in row,
  *partsIn(value) {
    const outer = object(value);
    const list = outer["rows"] ?? outer["events"] ?? (Array.isArray(outer["columns"]) ? null : outer["data"]);
    for (const row of Array.isArray(list) ? objects(list) : frameRows(value)) {
      const { start, end } = object(row["metrics"]);
      yield [firstText(row["span_id"], row["id"]), { ...row, start, ...(end === undefined ? {} : { end }) }];
    }
  },
  spanOf,
});

function spanOf(row: Json, source: string, line: number): Span | null {
  const attributes = object(row["span_attributes"]);
  const metadata = object(row["metadata"]);
  const parents = row["span_parents"];
  return observedSpan(
    "braintrust",
    {
      ids: {
        traceId: row["root_span_id"] ?? row["span_id"],
        spanId: row["span_id"] ?? row["id"],
        parentSpanId: Array.isArray(parents) ? parents[0] : null,
      },
      // the half that ends a request to a model has its tokens, but not its type
      kind: KINDS[text(attributes["type"]) ?? ""] ?? ("prompt_tokens" in object(row["metrics"]) ? "model" : "chain"),
      name: text(attributes["name"]) ?? "",
      startNs: anyNanos(row["start"]),
      endNs: anyNanos(row["end"]),
      input: row["input"],
      output: answerOf(row["output"]),
      model: firstText(metadata["model"]),
      tools: metadata["tools"],
      callId: firstText(metadata["tool_call_id"]),
      conversation: firstText(metadata["thread_id"], metadata["session_id"]),
      error: errorOf(row["error"]),
    },
    source,
    line,
  );
}

const KINDS: Record<string, "model" | "tool" | "agent"> = { llm: "model", tool: "tool", task: "agent" };

/** The wrapper of OpenAI's client keeps the choices alone. */
function answerOf(output: unknown): unknown {
  return Array.isArray(output) && objects(output).some((choice) => "finish_reason" in choice && "message" in choice)
    ? { choices: output }
    : output;
}

/** Python writes `KeyError: 'AT'` and the traceback behind it, JavaScript a text or an object. */
function errorOf(error: unknown): Failure | null {
  const said = firstText(error, object(error)["message"]) ?? textOf(error);
  if (said === null || said === "") return null;
  const at = said.indexOf("Traceback (most recent call last):");
  const head = at > 0 ? said.slice(0, at).trim() : said;
  const [, type = null, message = head] =
    /^([A-Z]\w{0,80}(?:Error|Exception|Exit|Timeout)\w{0,20}): ([\s\S]*)$/.exec(head) ?? [];
  return { type, message, stack: at > 0 ? said.slice(at) : null };
}
