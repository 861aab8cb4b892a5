import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { afterEach, beforeEach, expect, test } from "vitest";
import { configure, traceAgent, traceTool } from "./index.ts";
import { useProviders } from "./telemetry.ts";

const KEY = Symbol.for("opentelemetry.js.api.1");
const globals = globalThis as { [KEY]?: object };
const before = globals[KEY];
const memory = new InMemorySpanExporter();

/** As an application leaves it whose own copy of the API is older than ours. */
beforeEach(() => {
  configure({ enabled: true });
  globals[KEY] = {
    version: "1.4.0",
    trace: new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: memory })] }),
    context: new AsyncLocalStorageContextManager().enable(),
  };
  useProviders({});
});
afterEach(() => {
  if (before === undefined) delete globals[KEY];
  else globals[KEY] = before;
  useProviders({});
});

test("an older API's provider and context are the application's all the same", async () => {
  const look = traceTool("look", async () => "fine");
  await traceAgent("a", async () => {
    await Promise.resolve();
    await look();
  });
  const [tool, agent] = memory.getFinishedSpans();
  expect([agent?.name, tool?.name]).toEqual(["invoke_agent a", "execute_tool look"]);
  expect(tool?.parentSpanContext?.spanId).toBe(agent?.spanContext().spanId);
});
