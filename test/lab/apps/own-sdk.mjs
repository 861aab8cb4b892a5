// An application that sets up OpenTelemetry itself: its provider stays the one that exports.
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { NodeSDK } from "@opentelemetry/sdk-node";
import OpenAI from "openai";

const sdk = new NodeSDK({ serviceName: "own", traceExporter: new OTLPTraceExporter() });
sdk.start();
const client = new OpenAI({ apiKey: "sk-lab", baseURL: process.env.LAB_URL, maxRetries: 0 });
await client.chat.completions.create({ model: "gpt-4.1-mini", messages: [{ role: "user", content: "Hi" }] });
await sdk.shutdown();
