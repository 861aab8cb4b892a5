import { SpanStatusCode } from "@opentelemetry/api";
import { JsonLogsSerializer } from "@opentelemetry/otlp-transformer";
import { configure, instrumentOpenAI } from "../../src/instrumentation/index.ts";
import { actWithAiSdk, AI_SDKS, ownTelemetry, traced, type AiSdk } from "./ai-sdk-acts.ts";
import { CHAT_CASES } from "./chat-cases.ts";
import { clientOf, logs, patchedClient } from "./others.ts";
import { TIME, WEATHER } from "./replies.ts";
import { serve, type Reply } from "./server.ts";
import { diagnosed, spansOf, startTracing, type FinishedSpan } from "./tracing.ts";
import { WIRE_CASES } from "./wire-cases.ts";
import { WIRES } from "./wires.ts";

/** One instrumentation (the arguments: a table and its column) over all cases: prints a JSON line of verdicts. */
export interface Row {
  id: string;
  verdict: string;
}

/** One case as it is played: the script, and what the application does against the server. */
interface Played {
  id: string;
  script: readonly Reply[];
  act(url: string): Promise<unknown>;
}

const [, , table = "Chat Completions", column = "misfire (openai 7)"] = process.argv;
process.env["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
let unhandled = 0;
process.on("unhandledRejection", () => (unhandled += 1));
startTracing();
// Where others are looked at, ours is off, and only passes through.
const isOurs = column.includes("misfire");
configure({ enabled: isOurs, content: true });

const TABLES: Record<string, () => readonly Played[]> = {
  "Chat Completions": () => {
    const client = isOurs
      ? clientOf({ 5: "openai5", 6: "openai6" }[column.at(-2)!] ?? "openai", instrumentOpenAI)
      : patchedClient(PACKAGES[column]!);
    return CHAT_CASES.map(({ id, script, act }) => ({ id, script, act: (url) => act(client(url)) }));
  },
  "AI SDK": () => {
    const name = Object.keys(AI_SDKS).find((each) => column.startsWith(each))!;
    const own = column.includes("telemetry") ? ownTelemetry(name) : AI_SDKS[name]!;
    const sdk: AiSdk = isOurs ? traced(own) : own;
    return CHAT_CASES.map((one) => ({ ...one, act: (url) => actWithAiSdk(sdk, one, url) }));
  },
  Responses: () => onWire("Responses, openai"),
  Anthropic: () => onWire("Anthropic"),
};

const PACKAGES: Record<string, string> = {
  contrib: "@opentelemetry/instrumentation-openai",
  OpenInference: "@arizeai/openinference-instrumentation-openai",
  Traceloop: "@traceloop/instrumentation-openai",
};

function onWire(start: string): Played[] {
  const version = /[\d.]+(?=\)$)/.exec(column)?.[0];
  const wire = WIRES.find(({ name }) => name === `${start} ${version ?? "6"}`)!;
  const others = isOurs || PACKAGES[column] === undefined ? null : patchedClient(PACKAGES[column]);
  const open = (url: string): unknown => (isOurs ? wire.trace(wire.open(url)) : (others?.(url) ?? wire.open(url)));
  return WIRE_CASES.map((one) => ({
    id: one.id,
    script: one.script(wire).map((reply) => ({ named: true, ...reply })),
    act: (url) => one.act(wire, open(url)),
  }));
}

const WIRE_TABLES = new Set(["Responses", "Anthropic"]);
const rows: Row[] = [];
for (const { id, script, act } of TABLES[table]!()) {
  const server = await serve(script);
  unhandled = 0;
  logs.reset();
  const spans = await spansOf(async () => {
    await Promise.race([act(server.url).catch(() => {}), new Promise((resolve) => setTimeout(resolve, 5000))]);
    await new Promise((resolve) => setTimeout(resolve, 60));
  });
  await server.close();
  rows.push({ id, verdict: unhandled > 0 ? "unhandled rejection: the process exits" : verdictOf(id, spans) });
}
console.log(JSON.stringify(rows));
process.exit(0);

/** `ok`, or what is wrong, in a word or two. */
function verdictOf(id: string, spans: readonly FinishedSpan[]): string {
  if (spans.length === 0) return "lost";
  const failed = spans.filter(({ status }) => status.code === SpanStatusCode.ERROR);
  const status = spans.some((span) => span.status.code === SpanStatusCode.OK) ? "OK" : "UNSET";
  const tool = spans.find(
    ({ name, attributes }) =>
      name.startsWith("execute_tool") ||
      name === "ai.toolCall" ||
      attributes["gen_ai.operation.name"] === "execute_tool",
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
      // A span for each attempt tells of them as well.
      if (failed.length === 2) return "ok";
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
  const second = WIRE_TABLES.has(table) ? { ...TIME, args: '{"city":"Rome"}' } : TIME;
  const wanted = [WEATHER, second].map(({ id, name, args }) => JSON.stringify([id, name, args])).toSorted();
  return found.join() === wanted.join() ? "ok" : `wrong: ${found.length} calls`;
}
