import type { Attributes, Meter } from "./api.ts";

/** The standard GenAI metrics (durations in seconds), and the runs in flight. */
export interface Meters {
  model(seconds: number, attributes: Attributes): void;
  firstChunk(seconds: number, attributes: Attributes): void;
  tokens(count: number, type: "input" | "output", attributes: Attributes): void;
  tool(seconds: number, attributes: Attributes): void;
  /** How many model calls and tool calls a run took has a metric of its own only in the newest conventions. */
  agent(seconds: number, attributes: Attributes, calls: { model: number; tool: number }): void;
  runs(change: 1 | -1): void;
}

/** `latest`: the names that the conventions took after 1.41. */
export function createMeters(meter: Meter, latest: boolean): Meters {
  const seconds = (name: string) =>
    meter.createHistogram(name, { unit: "s", advice: { explicitBucketBoundaries: SECONDS } });
  const model = seconds(latest ? "gen_ai.client.inference.duration" : "gen_ai.client.operation.duration");
  const first = seconds("gen_ai.client.operation.time_to_first_chunk");
  const tool = seconds("gen_ai.execute_tool.duration");
  const agent = seconds("gen_ai.invoke_agent.duration");
  const calls = (name: string) => (latest ? meter.createHistogram(name, { unit: "{call}" }) : null);
  const modelCalls = calls("gen_ai.invoke_agent.inference_calls");
  const toolCalls = calls("gen_ai.invoke_agent.tool_calls");
  const runs = meter.createUpDownCounter("misfire.runs.in_flight", { unit: "{run}" });
  const tokens = tokenMeters(meter, latest);
  return {
    model: (value, attributes) => model.record(value, attributes),
    firstChunk: (value, attributes) => first.record(value, attributes),
    tokens,
    tool: (value, attributes) => tool.record(value, attributes),
    agent(value, attributes, { model: asked, tool: ran }) {
      agent.record(value, attributes);
      modelCalls?.record(asked, attributes);
      toolCalls?.record(ran, attributes);
    },
    runs: (change) => runs.add(change),
  };
}

function tokenMeters(meter: Meter, latest: boolean): Meters["tokens"] {
  if (!latest) {
    const usage = meter.createHistogram("gen_ai.client.token.usage", {
      unit: "{token}",
      advice: { explicitBucketBoundaries: TOKENS },
    });
    return (count, type, attributes) => usage.record(count, { ...attributes, "gen_ai.token.type": type });
  }
  const counters = {
    input: meter.createCounter("gen_ai.client.inference.usage.input_tokens", { unit: "{token}" }),
    output: meter.createCounter("gen_ai.client.inference.usage.output_tokens", { unit: "{token}" }),
  };
  return (count, type, attributes) => counters[type].add(count, attributes);
}

/** Boundaries as the conventions advise. */
const SECONDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
const TOKENS = [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864];
