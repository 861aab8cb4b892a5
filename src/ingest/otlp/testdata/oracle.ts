import { readFileSync } from "node:fs";
import protobuf from "protobufjs";

/** The published definitions, as protobufjs reads them: what our own reader is compared with. */
function load(): protobuf.Root {
  const root = new protobuf.Root();
  for (const name of ["common", "resource", "trace", "logs", "trace_service", "logs_service"]) {
    protobuf.parse(readFileSync(new URL(`./${name}.proto`, import.meta.url), "utf8"), root, { keepCase: false });
  }
  root.resolveAll();
  return root;
}

const root = load();
export const TraceRequest = root.lookupType("opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest");
export const LogsRequest = root.lookupType("opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest");

/** A message in OTLP JSON (ids in hex), made from what protobufjs decoded. */
export function toOtlpJson(type: protobuf.Type, bytes: Uint8Array): unknown {
  const object: unknown = type.toObject(type.decode(bytes), {
    longs: String,
    bytes: String,
    enums: Number,
    json: true,
  });
  return withHexIds(object);
}

function withHexIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withHexIds);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      /^(?:trace|span|parentSpan)Id$/.test(key)
        ? Buffer.from(String(inner), "base64").toString("hex")
        : withHexIds(inner),
    ]),
  );
}
