import type { Span } from "../../records/records.ts";
import { firstText, object, objects, text, textOf, type Json } from "../json/access.ts";
import { parseJsonText } from "../json/parse.ts";
import { anyNanos } from "../otlp/times.ts";
import { exportedSpan, spanHandler } from "./span.ts";

/**
 * Langfuse: `{trace, observations}`, a trace with its observations, `{data: [observation]}`, or observations alone. The
 * attributes that came over OpenTelemetry stand below `metadata.attributes`.
 */
export const langfuse = spanHandler(["*", "data.*", "observations.*"], function* (value, source, line) {
  for (const outer of Array.isArray(value) ? objects(value) : [object(value)]) {
    const trace = { ...outer, ...object(outer["trace"]) };
    const list = outer["observations"] ?? outer["data"];
    for (const item of Array.isArray(list) ? objects(list) : [outer]) {
      if (Array.isArray(item["observations"]))
        for (const inner of objects(item["observations"])) yield spanOf(inner, item, source, line);
      else yield spanOf(item, trace, source, line);
    }
  }
});

function spanOf(item: Json, trace: Json, source: string, line: number): Span | null {
  const metadata = object(parsed(item["metadata"]));
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
          "langfuse.observation.type": text(item["type"])?.toLowerCase(),
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

function parsed(value: unknown): unknown {
  return typeof value === "string" ? parseJsonText(value) : value;
}

export function known(attributes: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).filter(([, value]) => value !== undefined && value !== null && value !== ""),
  );
}
