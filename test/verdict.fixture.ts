import { gzipSync } from "node:zlib";
import { TraceRequest } from "../src/ingest/otlp/testdata/oracle.ts";

/** One span of an export request, with what it was sent in. Everything is as OTLP JSON has it. */
export interface Sent {
  resource: Attributed;
  scope: Attributed & { name?: string; version?: string };
  span: Json;
}

type Json = Record<string, unknown>;
interface Attributed {
  attributes?: Pair[];
}
interface Pair {
  key: string;
  value: Json;
}

/** The spans of a file of the Collector, one export request a line, in their order. */
export function sentIn(text: string): Sent[] {
  const requests = text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [JSON.parse(line) as Json]));
  return requests.flatMap((request) =>
    list(request["resourceSpans"]).flatMap(({ resource, scopeSpans }) =>
      list(scopeSpans).flatMap(({ scope, spans }) =>
        list(spans).map((span) => ({
          resource: (resource ?? {}) as Attributed,
          scope: (scope ?? {}) as Sent["scope"],
          span,
        })),
      ),
    ),
  );
}

/** Every form of the same spans, `size` spans a request. */
export const FORMS: Record<string, (spans: readonly Sent[], size: number) => Uint8Array> = {
  "OTLP JSON": otlpJson,
  "OTLP protobuf": otlpProtobuf,
  "Jaeger JSON": jaegerJson,
  "OTLP JSON, gzip": (spans, size) => gzipSync(otlpJson(spans, size)),
  "OTLP protobuf, gzip": (spans, size) => gzipSync(otlpProtobuf(spans, size)),
  "Jaeger JSON, gzip": (spans) => gzipSync(jaegerJson(spans)),
};

function otlpJson(spans: readonly Sent[], size: number): Uint8Array {
  return jsonLines(requestsOf(spans, size));
}

function otlpProtobuf(spans: readonly Sent[], size: number): Uint8Array {
  return framed(requestsOf(spans, size));
}

export function jsonLines(requests: readonly Json[]): Uint8Array {
  return Buffer.from(requests.map((request) => `${JSON.stringify(request)}\n`).join(""));
}

/** Each request behind its length, as the Collector's file exporter writes it. */
export function framed(requests: readonly Json[]): Uint8Array {
  return Buffer.concat(
    requests.flatMap((request) => {
      const bytes = TraceRequest.encode(TraceRequest.fromObject(withBytes(request) as Json)).finish();
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

/** What the query service of Jaeger answers: attributes are tags, lists and maps are JSON texts, times are microseconds. */
function jaegerJson(spans: readonly Sent[]): Uint8Array {
  const traces = Map.groupBy(spans, ({ span }) => String(span["traceId"]));
  const data = [...traces].map(([traceID, own]) => {
    const processes: Record<string, Json> = {};
    const ids = new Map<string, string>();
    const shown = own.map((sent) => {
      const key = JSON.stringify(sent.resource);
      const id = ids.get(key) ?? `p${ids.size + 1}`;
      ids.set(key, id);
      processes[id] = processOf(sent.resource);
      return { ...jaegerSpan(sent), processID: id };
    });
    return { traceID, spans: shown, processes, warnings: null };
  });
  return Buffer.from(JSON.stringify({ data, total: 0, limit: 0, offset: 0, errors: null }));
}

function requestsOf(spans: readonly Sent[], size: number): Json[] {
  const requests: Json[] = [];
  for (let at = 0; at < spans.length; at += size)
    requests.push({
      resourceSpans: spans.slice(at, at + size).map(({ resource, scope, span }) => ({
        resource,
        scopeSpans: [{ scope, spans: [span] }],
      })),
    });
  return requests;
}

/** Ids in hex become bytes; bytesValue is base64 in both. */
function withBytes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBytes);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      /^(?:trace|span|parentSpan)Id$/.test(key) ? Buffer.from(String(inner), "hex") : withBytes(inner),
    ]),
  );
}

function processOf({ attributes = [] }: Attributed): Json {
  const name = attributes.find(({ key }) => key === "service.name");
  return { serviceName: name?.value["stringValue"] ?? "", tags: attributes.filter((one) => one !== name).map(tagOf) };
}

const KINDS = [null, "internal", "server", "client", "producer", "consumer"];

/** As Jaeger's translator does it (internal/jptrace and the Collector's pkg/translator/jaeger). */
function jaegerSpan({ scope, span }: Sent): Json {
  const [start, end] = [BigInt(String(span["startTimeUnixNano"] ?? 0)), BigInt(String(span["endTimeUnixNano"] ?? 0))];
  const status = (span["status"] ?? {}) as { code?: number | string; message?: string };
  const code =
    typeof status.code === "string"
      ? ["STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"].indexOf(status.code)
      : (status.code ?? 0);
  const kind = KINDS[typeof span["kind"] === "number" ? span["kind"] : 0];
  const text = (key: string, value: string | undefined | null): Json[] =>
    value ? [{ key, type: "string", value }] : [];
  const parent = String(span["parentSpanId"] ?? "");
  return {
    traceID: span["traceId"],
    spanID: span["spanId"],
    operationName: span["name"] ?? "",
    references: parent === "" ? [] : [{ refType: "CHILD_OF", traceID: span["traceId"], spanID: parent }],
    startTime: Number(start / 1000n),
    duration: Number((end - start) / 1000n),
    tags: [
      ...text("otel.scope.name", scope.name),
      ...text("otel.scope.version", scope.version),
      ...((span["attributes"] ?? []) as Pair[]).map(tagOf),
      ...text("span.kind", kind),
      ...text("otel.status_code", [null, "OK", "ERROR"][code]),
      ...(code === 2 ? [{ key: "error", type: "bool", value: true }] : []),
      ...text("otel.status_description", status.message),
    ],
    logs: list(span["events"]).map((event) => ({
      timestamp: Number(BigInt(String(event["timeUnixNano"] ?? 0)) / 1000n),
      fields: [
        { key: "event", type: "string", value: event["name"] },
        ...((event["attributes"] ?? []) as Pair[]).map(tagOf),
      ],
    })),
  };
}

function tagOf({ key, value }: Pair): Json {
  if ("stringValue" in value) return { key, type: "string", value: value["stringValue"] };
  if ("boolValue" in value) return { key, type: "bool", value: value["boolValue"] };
  if ("intValue" in value) return { key, type: "int64", value: Number(value["intValue"]) };
  if ("doubleValue" in value) return { key, type: "float64", value: value["doubleValue"] };
  return { key, type: "string", value: JSON.stringify(plain(value)) };
}

function plain(value: Json): unknown {
  if ("arrayValue" in value) return list((value["arrayValue"] as Json | null)?.["values"]).map(plain);
  if ("kvlistValue" in value)
    return Object.fromEntries(
      list((value["kvlistValue"] as Json | null)?.["values"]).map((pair) => [
        String(pair["key"]),
        plain(pair["value"] as Json),
      ]),
    );
  if ("intValue" in value) return Number(value["intValue"]);
  return value["stringValue"] ?? value["boolValue"] ?? value["doubleValue"] ?? "";
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}
