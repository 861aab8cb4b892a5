import { spawn } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/index.ts";
import { OPENAI_3, PYTHON, SKIPPED } from "./clients.ts";
import { eventually, running } from "./listening.ts";
import { modelServer, type ModelServer } from "./model-server.ts";

function python(text: string, env: Record<string, string>): Promise<string> {
  const child = spawn(PYTHON!, ["-c", text], { env: { ...process.env, ...env } });
  let out = "";
  child.stdout.on("data", (data) => (out += String(data)));
  child.stderr.on("data", (data) => (out += String(data)));
  return new Promise((resolve) => child.on("close", () => resolve(out)));
}

const EXPORT = `
import json, os
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
if os.environ["OTEL_EXPORTER_OTLP_PROTOCOL"] == "grpc":
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
else:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter()))
with provider.get_tracer("app").start_as_current_span("chat gpt-4o") as span:
    span.set_attributes({
        "gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-4o",
        "gen_ai.tool.definitions": json.dumps([{"type": "function", "name": "get_claim", "parameters": {"type": "object"}}]),
        "gen_ai.output.messages": json.dumps([{"role": "assistant", "parts": [{"type": "tool_call", "id": "call_1", "name": "find_claim", "arguments": {}}], "finish_reason": "tool_calls"}])})
provider.shutdown()
`;

describe.skipIf(PYTHON === null)(`the exporters of OpenTelemetry for Python ${SKIPPED}`, { timeout: 30_000 }, () => {
  it.each(
    ["http/protobuf", "grpc"].flatMap((protocol) =>
      ["none", "gzip", ...(protocol === "grpc" ? [] : ["deflate"])].map((compression) => ({ protocol, compression })),
    ),
  )("$protocol, $compression", async ({ protocol, compression }) => {
    const listen = await running([
      "listen",
      "--http-port",
      "0",
      "--grpc-port",
      "0",
      "--log-level",
      "silent",
      "-f",
      "json",
    ]);
    const endpoint = protocol === "grpc" ? `http://${listen.grpc}` : listen.http;
    const said = await python(EXPORT, {
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      ...(compression !== "none" && { OTEL_EXPORTER_OTLP_COMPRESSION: compression }),
    });
    const { out } = await listen.stop();
    expect(said).toBe("");
    expect((JSON.parse(out) as Report).incidents[0]).toMatchObject({
      classifier: "registration/unknown-tool",
      tool: "find_claim",
    });
  });
});

const ASK = `
import openai
print(openai.__version__)
tools = [{"type": "function", "function": {"name": "get_claim", "parameters": {"type": "object"}}}]
for what in ("gpt-4o", "stream", "refused", "slow", "cut"):
    client = openai.OpenAI(max_retries=0, timeout=0.5 if what == "slow" else 10)
    try:
        answer = client.chat.completions.create(model=what, messages=[{"role": "user", "content": "hi"}], tools=tools, stream=what in ("stream", "cut"))
        print(what, [chunk.model_dump_json() for chunk in answer] if what in ("stream", "cut") else answer.model_dump_json())
    except Exception as error:
        print(what, type(error).__name__, error)
`;

describe.skipIf(PYTHON === null)(`openai for Python ${SKIPPED}`, { timeout: 60_000 }, () => {
  let model: ModelServer;
  beforeAll(async () => void (model = await modelServer()));
  afterAll(() => model.close());

  it.each([
    ["1.109", ""],
    ["3.57", OPENAI_3],
  ])("%s has the same answers, chunks and errors with the tap as without", async (version, path) => {
    const env = { OPENAI_API_KEY: "sk-test", ...(path !== "" && { PYTHONPATH: path }) };
    const direct = await python(ASK, { ...env, OPENAI_BASE_URL: model.url });
    const tap = await running(["tap", "--port", "0", "-f", "json", "--to", model.url]);
    expect(await python(ASK, { ...env, OPENAI_BASE_URL: tap.http })).toBe(direct);
    expect(
      direct.split("\n").map((line) =>
        line
          .split(" ")
          .slice(0, 2)
          .join(" ")
          .replace(/[[{].*/, ""),
      ),
    ).toEqual([
      expect.stringMatching(`^${version}\\.`),
      "gpt-4o ",
      "stream ",
      "refused BadRequestError",
      "slow APITimeoutError",
      expect.stringMatching(/^cut \w+Error$/),
      "",
    ]);
    // a cancel and a time-out reach the model, through the tap as without
    await eventually(() => model.seen.filter(({ aborted }) => aborted).length >= 2);
    const { out } = await tap.stop();
    expect((JSON.parse(out) as Report).incidents.map(({ classifier }) => classifier)).toContain(
      "registration/unknown-tool",
    );
  });
});
