import type { Sink } from "../../records/format.ts";
import type { Span } from "../../records/records.ts";
import { firstText, object, objects, text, textOf, type Json } from "../json/access.ts";
import { parseIfText } from "../json/parse.ts";
import type { JsonHandler } from "../json/reader.ts";
import { anyNanos } from "../otlp/times.ts";
import { frameRows } from "./frame.ts";
import { eventsIn, openBatches, type Observation } from "./langfuse-batch.ts";
import { exportedSpan, giveSpans } from "./span.ts";

/**
 * Langfuse: `{trace, observations}`, a trace with its observations, `{data: [observation]}`, or observations alone, as the
 * API gives them, the interface exports them (JSON, CSV) and the blob storage holds them (keys with underscores); and the
 * batches that its first SDKs send. The attributes that came over OpenTelemetry stand below `metadata.attributes`.
 */
export function langfuse(source: string, sink: Sink): JsonHandler {
  const batches = openBatches();
  const give = (list: readonly Observation[]): number =>
    giveSpans(
      list.map(({ item, trace, line }) => spanOf(item, trace, source, line)),
      sink,
    );
  return {
    cut: ["*", "data.*", "observations.*", "batch.*"],
    document(value, { line }) {
      const events = eventsIn(value);
      return give(events === null ? [...observationsIn(value, line)] : batches.add(events, line));
    },
    end: () => give(batches.rest()),
  };
}

function* observationsIn(value: unknown, line: number): Iterable<Observation> {
  for (const outer of frameRows(value)) {
    const trace = { ...outer, ...object(outer["trace"]) };
    const list = outer["observations"] ?? outer["data"];
    for (const item of Array.isArray(list) ? objects(list) : [outer]) {
      if (Array.isArray(item["observations"]))
        for (const inner of objects(item["observations"])) yield { item: camel(inner), trace: item, line };
      else yield { item: camel(item), trace, line };
    }
  }
}

/** The blob storage has the names of its table's columns. */
function camel(item: Json): Json {
  if (!("trace_id" in item)) return item;
  return Object.fromEntries(
    Object.entries(item).map(([key, value]) => [
      key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}

function spanOf(item: Json, trace: Json, source: string, line: number): Span | null {
  const metadata = object(parseIfText(item["metadata"]));
  const scope = object(metadata["scope"]);
  const failed = item["level"] === "ERROR";
  const message = text(item["statusMessage"]) || null;
  return exportedSpan(
    source,
    line,
    { traceId: item["traceId"] ?? trace["id"], spanId: item["id"], parentSpanId: item["parentObservationId"] },
    {
      name: text(item["name"]) ?? "",
      kind: "internal",
      startNs: anyNanos(item["startTime"]),
      endNs: anyNanos(item["endTime"]),
      status: { code: failed ? "error" : "unset", message: failed ? message : null },
      attributes: {
        ...flat(metadata["attributes"]),
        ...known({
          "langfuse.observation.type": isToolNode(item, metadata) ? "tool" : text(item["type"])?.toLowerCase(),
          "langfuse.observation.input": textOf(item["input"]),
          "langfuse.observation.output": textOf(item["output"]),
          "langfuse.observation.level": item["level"],
          "langfuse.observation.status_message": message,
          "langfuse.observation.model.name": firstText(item["providedModelName"], item["model"]),
          "langfuse.session.id": firstText(trace["sessionId"]),
          "gen_ai.tool.call.id": firstText(metadata["tool_call_id"]),
        }),
      },
      scope: { name: text(scope["name"]) ?? "", version: text(scope["version"]), attributes: {} },
      resource: { ...object(metadata["resourceAttributes"]) },
    },
  );
}

/** Before version 3 LangChain's tools were spans as all else; LangGraph's node that runs them is known by its name. */
function isToolNode(item: Json, metadata: Json): boolean {
  const node = metadata["langgraph_node"];
  return item["type"] === "SPAN" && node === "tools" && item["name"] !== node && !Array.isArray(item["input"]);
}

/** Values that Langfuse parsed are texts again, as spans have them. */
function flat(attributes: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object(attributes))
      .filter(([key]) => key !== "__proto__")
      .map(([key, value]) => [
        key,
        typeof value === "object" && value !== null
          ? Array.isArray(value) && value.every((item) => typeof item === "string")
            ? value
            : textOf(value)
          : value,
      ]),
  );
}

export function known(attributes: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).filter(([, value]) => value !== undefined && value !== null && value !== ""),
  );
}
