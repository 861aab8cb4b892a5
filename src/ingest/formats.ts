import type { Format } from "../records/format.ts";
import { clickhouse } from "./exports/clickhouse.ts";
import { openConsoleJs } from "./exports/console-js.ts";
import { consolePython } from "./exports/console-python.ts";
import { exchanges } from "./exports/exchanges.ts";
import { har } from "./exports/har.ts";
import { jaeger } from "./exports/jaeger.ts";
import { langfuse } from "./exports/langfuse.ts";
import { langsmith } from "./exports/langsmith.ts";
import { openMultipart } from "./exports/langsmith-multipart.ts";
import { litellm } from "./exports/litellm.ts";
import { logfire } from "./exports/logfire.ts";
import { mlflow } from "./exports/mlflow.ts";
import { monocle } from "./exports/monocle.ts";
import { openaiAgents } from "./exports/openai-agents.ts";
import { phoenix } from "./exports/phoenix.ts";
import { openVcr } from "./exports/vcr.ts";
import { zipkin } from "./exports/zipkin.ts";
import { byFirstByte, format, jsonFormat, tableFormat } from "./format.ts";
import { openJson } from "./json/reader.ts";
import { openProtobuf } from "./otlp/framed.ts";
import { otlpJson } from "./otlp/json.ts";
import { autogenMessages, autogenState } from "./transcripts/autogen.ts";
import { transcript } from "./transcripts/transcript.ts";

/** All formats but plain text, by the names that `sniff` and `--format-in` use. */
export const formats: readonly Format[] = [
  jsonFormat("otlp-json", otlpJson),
  format("otlp-proto", openProtobuf),
  jsonFormat("jaeger", jaeger),
  jsonFormat("zipkin", zipkin),
  jsonFormat("clickhouse", clickhouse),
  jsonFormat("console-python", consolePython),
  format("console-js", openConsoleJs),
  tableFormat("langfuse", langfuse),
  jsonFormat("phoenix", phoenix),
  format("langsmith", (source, sink) =>
    byFirstByte((first) => (first === DASH ? openMultipart : openJson)(sink, langsmith(source, sink))),
  ),
  jsonFormat("logfire", logfire),
  tableFormat("mlflow", mlflow),
  jsonFormat("monocle", monocle),
  jsonFormat("openai-agents", openaiAgents),
  jsonFormat("exchanges", exchanges),
  jsonFormat("litellm", litellm),
  jsonFormat("har", har),
  format("vcr", openVcr),
  jsonFormat("autogen-messages", autogenMessages),
  jsonFormat("autogen-state", autogenState),
  jsonFormat("transcript", transcript),
];

/** A multipart body begins with its boundary. */
const DASH = 0x2d;
