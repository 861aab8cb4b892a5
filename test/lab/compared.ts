import { createRequire } from "node:module";
import { metrics, SpanStatusCode } from "@opentelemetry/api";
import { JsonLogsSerializer } from "@opentelemetry/otlp-transformer";
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { configure, instrumentAISDK, instrumentOpenAI } from "../../src/instrumentation/index.ts";
import { actWithAiSdk } from "./ai-sdk-acts.ts";
import { CHAT_CASES, type ChatClient, type LabCase } from "./chat-cases.ts";
import { TIME, WEATHER } from "./replies.ts";
import { serve } from "./server.ts";
import { diagnosed, spansOf, startTracing, type FinishedSpan } from "./tracing.ts";

/** One instrumentation (the first argument) over all cases: prints a JSON line of verdicts. */
export interface Row {
  id: string;
  verdict: string;
}

const require = createRequire(import.meta.url);
const [, , column = "misfire (openai 7)"] = process.argv;
process.env["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
let unhandled = 0;
process.on("unhandledRejection", () => (unhandled += 1));
const provider = startTracing();
/** One of them writes contents into log records only. */
const logs = new InMemoryLogRecordExporter();

type Construct = new (options: object) => ChatClient;
const open = (name: string, wrap: (client: ChatClient) => ChatClient = (client) => client) => {
  const { OpenAI } = require(name) as { OpenAI: Construct };
  return (url: string): ChatClient => wrap(new OpenAI({ apiKey: "sk-lab", baseURL: `${url}/v1` }));
};

interface OtherInstrumentation {
  setTracerProvider(provider: unknown): void;
  setMeterProvider(provider: unknown): void;
  setLoggerProvider?(provider: unknown): void;
  manuallyInstrument?(module: unknown): void;
  getModuleDefinitions(): { patch?(module: unknown, version: string): void }[];
}

/** Others patch the classes of openai 6, the newest that all of them accept, by their own definitions. */
function patched(name: string): (url: string) => ChatClient {
  const { OpenAIInstrumentation } = require(name) as {
    OpenAIInstrumentation: new (config: object) => OtherInstrumentation;
  };
  const instrumentation = new OpenAIInstrumentation({ captureMessageContent: true, traceContent: true });
  instrumentation.setTracerProvider(provider);
  instrumentation.setMeterProvider(metrics.getMeterProvider());
  instrumentation.setLoggerProvider?.(
    new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: logs })] }),
  );
  const module = require("openai6") as { OpenAI: unknown };
  if (instrumentation.manuallyInstrument !== undefined) instrumentation.manuallyInstrument(module.OpenAI);
  else instrumentation.getModuleDefinitions()[0]?.patch?.(module, "6.49.0");
  return open("openai6");
}

const SETUPS: Record<string, () => (one: LabCase, url: string) => Promise<unknown>> = {
  "misfire (openai 5)": () => acting(open("openai5", instrumentOpenAI)),
  "misfire (openai 6)": () => acting(open("openai6", instrumentOpenAI)),
  "misfire (openai 7)": () => acting(open("openai", instrumentOpenAI)),
  contrib: () => acting(patched("@opentelemetry/instrumentation-openai")),
  OpenInference: () => acting(patched("@arizeai/openinference-instrumentation-openai")),
  Traceloop: () => acting(patched("@traceloop/instrumentation-openai")),
  "AI SDK 7": () => (one, url) => actWithAiSdk(one, url, (integration) => integration),
  "AI SDK 7 + misfire": () => (one, url) => actWithAiSdk(one, url, instrumentAISDK),
};

function acting(client: (url: string) => ChatClient): (one: LabCase, url: string) => Promise<unknown> {
  return (one, url) => one.act(client(url));
}

configure({ enabled: true, content: true });
const act = SETUPS[column]!();
const rows: Row[] = [];
for (const one of CHAT_CASES) {
  const server = await serve(one.script);
  unhandled = 0;
  logs.reset();
  const spans = await spansOf(async () => {
    await Promise.race([act(one, server.url).catch(() => {}), new Promise((resolve) => setTimeout(resolve, 5000))]);
    await new Promise((resolve) => setTimeout(resolve, 60));
  });
  await server.close();
  rows.push({
    id: one.id,
    verdict: unhandled > 0 ? "unhandled rejection: the process exits" : verdictOf(one.id, spans),
  });
}
console.log(JSON.stringify(rows));
process.exit(0);

/** `ok`, or what is wrong, in a word or two. */
function verdictOf(id: string, spans: readonly FinishedSpan[]): string {
  if (spans.length === 0) return "lost";
  const failed = spans.filter(({ status }) => status.code === SpanStatusCode.ERROR);
  const status = spans.some((span) => span.status.code === SpanStatusCode.OK) ? "OK" : "UNSET";
  const tool = spans.find(
    ({ name, attributes }) => name.startsWith("execute_tool") || attributes["gen_ai.operation.name"] === "execute_tool",
  );
  switch (id) {
    case "S1":
    case "S2":
    case "S3":
      return sameCalls(spans);
    case "S4":
      return failed.length > 0 ? "ok" : `${status}, silent`;
    case "S5":
      return failed.length === 0 ? "ok" : "ERROR";
    case "S6":
      return failed.some(({ attributes }) => attributes["error.type"] !== undefined)
        ? "ok"
        : failed.length > 0
          ? "ERROR without error.type"
          : `${status}, silent`;
    case "S7":
      return spans.some(
        ({ events }) =>
          events.filter(({ attributes }) => attributes?.["http.response.status_code"] === 429).length === 2,
      )
        ? "ok"
        : "retries invisible";
    default:
      return tool === undefined
        ? `${status}, no tool span`
        : tool.status.code === SpanStatusCode.ERROR
          ? "ok"
          : `tool ${status}`;
  }
}

function sameCalls(spans: readonly FinishedSpan[]): string {
  const found = diagnosed(spans, JsonLogsSerializer.serializeRequest(logs.getFinishedLogRecords()))
    .calls.map(({ id, tool, argumentsRaw }) => JSON.stringify([id, tool, argumentsRaw]))
    .toSorted();
  const wanted = [WEATHER, TIME].map(({ id, name, args }) => JSON.stringify([id, name, args])).toSorted();
  return found.join() === wanted.join() ? "ok" : `wrong: ${found.length} calls`;
}
