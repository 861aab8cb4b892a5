// Agents as users write them, one per captured run (test/captures/ai-sdk@7.0.173): ai-sdk-app.mjs NAME
import { createOpenAI } from "@ai-sdk/openai";
import { OpenTelemetry } from "@ai-sdk/otel";
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { generateText, registerTelemetry, stepCountIs, streamText, tool } from "ai";
import pino from "pino";
import { z } from "zod";

const provider = new TracerProvider({
  spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
});
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(provider);
registerTelemetry(new OpenTelemetry());
const log = pino({ name: "claims-assistant" });
const model = createOpenAI({ baseURL: process.env.OPENAI_BASE_URL, apiKey: "sk-rig" }).chat("gpt-4o");
const ask = { model, stopWhen: stepCountIs(5), telemetry: { functionId: "assistant" } };

const APPS = {
  async "unknown-tool-stream"() {
    const weather_forecast = tool({
      description: "Forecast for a city",
      inputSchema: z.object({ city: z.string(), days: z.number().optional() }),
      execute: async ({ city }) => ({ city, forecast: "sun" }),
    });
    const list_cities = tool({ inputSchema: z.object({}), execute: async () => ["Oslo", "Bergen"] });
    const result = streamText({ ...ask, tools: { weather_forecast, list_cities }, prompt: "Will it rain in Oslo?" });
    for await (const part of result.fullStream) {
      if (part.type === "tool-call") log.info({ tool: part.toolName, input: part.input }, "tool call");
      else if (part.type === "tool-error") log.warn({ err: part.error, tool: part.toolName }, "tool error");
    }
    log.info("answer: %s", await result.text);
  },
  async "tool-throws-cause"() {
    const PRICES = { "front door": { hours: 5 } };
    const estimate_repair = tool({
      description: "Estimate the cost of a repair",
      inputSchema: z.object({ vehicle: z.string(), damage: z.string() }),
      execute: async ({ damage }) => {
        try {
          return { total: PRICES[damage].hours * 110 };
        } catch (cause) {
          throw new Error("repair estimate failed", { cause });
        }
      },
    });
    const result = await generateText({ ...ask, tools: { estimate_repair }, prompt: "What will the rear door cost?" });
    for (const part of result.steps.flatMap(({ content }) => content))
      if (part.type === "tool-error") console.error("Tool failed:", part);
    console.log(result.text);
  },
  async "strict-keys"() {
    const get_claim = tool({
      description: "Look up an insurance claim",
      inputSchema: z.strictObject({ claim_id: z.string() }),
      execute: async ({ claim_id }) => ({ claim_id, status: "under review", amount: 1250 }),
    });
    const result = await generateText({
      ...ask,
      tools: { get_claim },
      prompt: "What is the status of claim CL-1042?",
      onStepFinish: ({ finishReason, toolCalls, toolResults, content }) =>
        log.info(
          { finishReason, toolCalls, toolResults, errors: content.filter((p) => p.type === "tool-error") },
          "step finished",
        ),
    });
    log.info({ text: result.text, steps: result.steps.length }, "done");
  },
  async "healthy-parallel"() {
    const get_order = tool({
      inputSchema: z.object({ order_id: z.string() }),
      execute: async ({ order_id }) => ({ order_id, status: "paid", lastError: null, failedAttempts: 0 }),
    });
    const validate_address = tool({
      inputSchema: z.object({ zip: z.string() }),
      execute: async ({ zip }) => ({
        zip,
        valid: true,
        errors: [],
        warnings: ["timeout of first resolver, second answered"],
      }),
    });
    const result = streamText({
      ...ask,
      tools: { get_order, validate_address },
      prompt: "Can O-1 be shipped to 0150?",
    });
    for await (const part of result.fullStream)
      if (part.type === "tool-result") log.info({ output: part.output }, `result ${part.toolName}`);
    log.info(await result.text);
  },
};

await APPS[process.argv[2]]();
await provider.shutdown();
