import type { Format } from "../records/format.ts";
import { braintrust } from "./exports/braintrust.ts";
import { clickhouse } from "./exports/clickhouse.ts";
import { cloudwatch } from "./exports/cloudwatch.ts";
import { openConsoleJs } from "./exports/console-js.ts";
import { consolePython } from "./exports/console-python.ts";
import { datadog } from "./exports/datadog.ts";
import { exchanges } from "./exports/exchanges.ts";
import { googleTrace } from "./exports/google-trace.ts";
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
import { opik } from "./exports/opik.ts";
import { patronus } from "./exports/patronus.ts";
import { phoenix } from "./exports/phoenix.ts";
import { openVcr } from "./exports/vcr.ts";
import { weave } from "./exports/weave.ts";
import { xray } from "./exports/xray.ts";
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
  jsonFormat("patronus", patronus),
  jsonFormat("console-python", consolePython),
  format("console-js", openConsoleJs),
  tableFormat("langfuse", langfuse),
  tableFormat("phoenix", phoenix),
  format("langsmith", (source, sink) =>
    byFirstByte((first) => (first === DASH ? openMultipart : openJson)(sink, langsmith(source, sink))),
  ),
  jsonFormat("logfire", logfire),
  tableFormat("mlflow", mlflow),
  jsonFormat("monocle", monocle),
  tableFormat("opik", opik),
  tableFormat("braintrust", braintrust),
  jsonFormat("datadog", datadog),
  tableFormat("weave", weave),
  jsonFormat("cloudwatch", cloudwatch),
  jsonFormat("xray", xray),
  jsonFormat("google-trace", googleTrace),
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
