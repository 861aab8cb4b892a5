import { SpanStatusCode } from "@opentelemetry/api";
import { JsonLogsSerializer } from "@opentelemetry/otlp-transformer";
import { configure, instrumentAISDK, instrumentOpenAI } from "../../src/instrumentation/index.ts";
import { actWithAiSdk } from "./ai-sdk-acts.ts";
import { CHAT_CASES, type ChatClient, type LabCase } from "./chat-cases.ts";
import { clientOf, logs, patchedClient } from "./others.ts";
import { TIME, WEATHER } from "./replies.ts";
import { serve } from "./server.ts";
import { diagnosed, spansOf, startTracing, type FinishedSpan } from "./tracing.ts";

/** One instrumentation (the first argument) over all cases: prints a JSON line of verdicts. */
export interface Row {
  id: string;
  verdict: string;
}

const [, , column = "misfire (openai 7)"] = process.argv;
process.env["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
let unhandled = 0;
process.on("unhandledRejection", () => (unhandled += 1));
startTracing();

const SETUPS: Record<string, () => (one: LabCase, url: string) => Promise<unknown>> = {
  "misfire (openai 5)": () => acting(clientOf("openai5", instrumentOpenAI)),
  "misfire (openai 6)": () => acting(clientOf("openai6", instrumentOpenAI)),
  "misfire (openai 7)": () => acting(clientOf("openai", instrumentOpenAI)),
  contrib: () => acting(patchedClient("@opentelemetry/instrumentation-openai")),
  OpenInference: () => acting(patchedClient("@arizeai/openinference-instrumentation-openai")),
  Traceloop: () => acting(patchedClient("@traceloop/instrumentation-openai")),
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
