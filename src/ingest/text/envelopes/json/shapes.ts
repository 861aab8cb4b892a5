import type { LevelScale } from "../level.ts";

/** How to tell one JSON log format, and where it keeps what. Names may be paths (`log.level`). */
export interface Shape {
  readonly name: string;
  /** "transport": what a process wrote is inside; "record": a logger's line (see `Envelope`). */
  readonly kind: "transport" | "record";
  /** Keys that must be there, with the type of their value. */
  readonly needs: Readonly<Record<string, "string" | "number" | "object" | "any">>;
  /** And one of these, if given. */
  readonly oneOf?: readonly string[];
  readonly message: readonly string[];
  readonly time: readonly string[];
  readonly level: readonly string[];
  readonly scale?: LevelScale;
  readonly logger: readonly string[];
  /** Objects whose members are the record's own fields (and may hold its message and level). */
  readonly inside?: readonly string[];
  /** Keys that say nothing more once the message, time, level and logger are read. */
  readonly drop?: readonly string[];
}

const MESSAGE = ["message", "msg", "event", "@message", "Message", "@m", "@mt", "log", "body", "text"];
const TIME = ["time", "timestamp", "@timestamp", "ts", "asctime", "datetime", "date", "created", "@t", "Timestamp", "t"];
const LEVEL = ["level", "levelname", "severity", "log.level", "log_level", "loglevel", "lvl", "@level", "@l", "Level", "level_name"];
const LOGGER = ["logger", "logger_name", "loggerName", "name", "log.logger", "component", "module", "service", "@module"];

/** In the order they are tried: transports, formats with a key of their own, then the general ones. */
export const SHAPES: readonly Shape[] = [
  { name: "docker-json", kind: "transport", needs: { log: "string", stream: "string" }, message: ["log"], time: ["time", "@timestamp"], level: [], logger: [] },
  { name: "journald", kind: "transport", needs: { __REALTIME_TIMESTAMP: "any", MESSAGE: "any" }, message: ["MESSAGE"], time: ["__REALTIME_TIMESTAMP"], level: ["PRIORITY"], scale: "syslog", logger: ["SYSLOG_IDENTIFIER"] },
  { name: "gcp", kind: "transport", needs: { logName: "string" }, oneOf: ["textPayload", "jsonPayload"], message: ["textPayload", ...MESSAGE], time: ["timestamp", "receiveTimestamp"], level: ["severity"], logger: ["logger"], inside: ["jsonPayload"] },
  { name: "cloudwatch", kind: "transport", needs: { message: "string", timestamp: "number" }, oneOf: ["logStreamName", "ingestionTime", "eventId", "id"], message: ["message"], time: ["timestamp"], level: [], logger: [] },
  { name: "stern", kind: "transport", needs: { message: "string", podName: "string", containerName: "string" }, message: ["message"], time: [], level: [], logger: [] },
  { name: "loki", kind: "transport", needs: { line: "string", timestamp: "any" }, oneOf: ["labels", "fields", "date"], message: ["line"], time: ["timestamp"], level: [], logger: [] },
  { name: "loguru", kind: "record", needs: { text: "string", record: "object" }, message: ["record.message"], time: ["record.time.timestamp", "record.time.repr"], level: ["record.level.name"], logger: ["record.name"], inside: ["record", "record.extra"], drop: ["text", "record", "extra", "message", "level", "name", "time"] },
  { name: "otel-log", kind: "record", needs: { body: "string", severity_number: "any" }, message: ["body"], time: ["timestamp", "observed_timestamp"], level: ["severity_text", "severity_number"], scale: "otel", logger: [], inside: ["attributes"] },
  { name: "bunyan", kind: "record", needs: { v: "number", level: "number", hostname: "string", msg: "string" }, message: ["msg"], time: ["time"], level: ["level"], logger: ["name"] },
  { name: "pino", kind: "record", needs: { level: "any", time: "any" }, oneOf: ["pid", "hostname"], message: ["msg", "message"], time: ["time"], level: ["level"], logger: ["name"] },
  { name: "pino", kind: "record", needs: { level: "number", time: "number" }, oneOf: ["msg", "err"], message: ["msg"], time: ["time"], level: ["level"], logger: ["name"] },
  { name: "gelf", kind: "record", needs: { short_message: "string", version: "any" }, message: ["short_message"], time: ["timestamp"], level: ["level"], scale: "syslog", logger: ["_logger", "facility"] },
  { name: "ecs", kind: "record", needs: { "@timestamp": "any", message: "string" }, oneOf: ["ecs.version", "log.level", "ecs"], message: ["message"], time: ["@timestamp"], level: ["log.level"], logger: ["log.logger"] },
  { name: "lambda", kind: "record", needs: { timestamp: "any", level: "string", message: "any" }, oneOf: ["requestId", "AWSRequestId", "function_request_id"], message: ["message"], time: ["timestamp"], level: ["level"], logger: ["logger"], inside: ["message"] },
  { name: "serilog", kind: "record", needs: { "@t": "string" }, oneOf: ["@m", "@mt"], message: ["@m", "@mt"], time: ["@t"], level: ["@l"], logger: ["SourceContext"] },
  { name: "structlog", kind: "record", needs: { event: "string" }, oneOf: ["timestamp", "level", "log_level", "logger"], message: ["event"], time: ["timestamp", "time", "ts"], level: ["level", "log_level", "severity"], logger: ["logger", "logger_name"] },
  { name: "python-json", kind: "record", needs: { message: "string", levelname: "string" }, message: ["message"], time: ["asctime", "timestamp", "created", "time"], level: ["levelname"], logger: ["name", "logger"] },
  { name: "winston", kind: "record", needs: { level: "string", message: "string" }, oneOf: ["timestamp", "stack", "service", "splat"], message: ["message"], time: ["timestamp", "time"], level: ["level"], logger: ["logger", "service", "name"] },
  { name: "json", kind: "record", needs: {}, message: MESSAGE, time: TIME, level: LEVEL, logger: LOGGER },
];
