import { createRequire } from "node:module";
import { metrics, trace } from "@opentelemetry/api";
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import type { ChatClient } from "./chat-cases.ts";

/** Clients as the other instrumentations trace them, for the table and the benchmark. */
const require = createRequire(import.meta.url);

/** One of them writes contents into log records only. */
export const logs = new InMemoryLogRecordExporter();

type Construct = new (options: object) => ChatClient;
export const clientOf = (name: string, wrap: (client: ChatClient) => ChatClient = (client) => client) => {
  const { OpenAI } = require(name) as { OpenAI: Construct };
  return (url: string, options: object = {}): ChatClient =>
    wrap(new OpenAI({ apiKey: "sk-lab", baseURL: `${url}/v1`, ...options }));
};

interface OtherInstrumentation {
  setTracerProvider(provider: unknown): void;
  setMeterProvider(provider: unknown): void;
  setLoggerProvider?(provider: unknown): void;
  manuallyInstrument?(module: unknown): void;
  getModuleDefinitions(): { patch?(module: unknown, version: string): void }[];
}

/** Others patch the classes of openai 6, the newest that all of them accept, by their own definitions. */
export function patchedClient(name: string): (url: string, options?: object) => ChatClient {
  const { OpenAIInstrumentation } = require(name) as {
    OpenAIInstrumentation: new (config: object) => OtherInstrumentation;
  };
  const instrumentation = new OpenAIInstrumentation({ captureMessageContent: true, traceContent: true });
  instrumentation.setTracerProvider(trace.getTracerProvider());
  instrumentation.setMeterProvider(metrics.getMeterProvider());
  instrumentation.setLoggerProvider?.(
    new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: logs })] }),
  );
  const module = require("openai6") as { OpenAI: unknown };
  if (instrumentation.manuallyInstrument !== undefined) instrumentation.manuallyInstrument(module.OpenAI);
  else instrumentation.getModuleDefinitions()[0]?.patch?.(module, "6.49.0");
  return clientOf("openai6");
}
