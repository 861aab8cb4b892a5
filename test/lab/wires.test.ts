import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { configure } from "../../src/instrumentation/index.ts";
import { expectNothingSwallowed, expectSpans } from "./expect.ts";
import { pieces, TIME, WEATHER } from "./replies.ts";
import { serve, type Reply } from "./server.ts";
import { diagnosed, spansOf, startTracing, type FinishedSpan } from "./tracing.ts";
import { WIRES, type Wire } from "./wires.ts";

beforeAll(() => {
  startTracing();
  configure({ enabled: true, content: true });
});
afterEach(expectNothingSwallowed);

/** Root causes that misfire names, and what the application itself sees. */
async function play(
  wire: Wire,
  script: readonly Reply[],
  stream: boolean,
  read?: (answer: AsyncIterable<unknown>) => Promise<void>,
): Promise<{ spans: FinishedSpan[]; causes: (string | null)[]; error: string | null }> {
  const server = await serve(script.map((reply) => ({ named: true, ...reply })));
  let error: string | null = null;
  const spans = await spansOf(async () => {
    try {
      const answer = await wire.ask(server.url, stream);
      if (stream) await (read ?? readAll)(answer as AsyncIterable<unknown>);
    } catch (thrown) {
      error = (thrown as object).constructor.name;
    }
  });
  await server.close();
  const { report } = diagnosed(spans);
  return {
    spans,
    error,
    causes: report.incidents.filter(({ causedBy }) => causedBy === null).map(({ classifier }) => classifier),
  };
}

async function readAll(answer: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of answer);
}

describe.each(WIRES.map((wire) => [wire.name, wire] as const))("%s", (_, wire) => {
  const name = `chat ${wire.model}`;
  const both = JSON.stringify([
    {
      role: "assistant",
      parts: [WEATHER, { ...TIME, args: '{"city":"Rome"}' }].map(({ id, name, args }) => ({
        type: "tool_call",
        id,
        name,
        arguments: args,
      })),
      finish_reason: "tool_calls",
    },
  ]);
  const [left, right] = [pieces(WEATHER.args), pieces('{"city":"Rome"}')];

  test("S1: two streamed calls, one after the other", async () => {
    const deltas = [
      ...left.map((piece, n) => [0, n === 0 ? WEATHER : null, piece] as const),
      ...right.map((piece, n) => [1, n === 0 ? TIME : null, piece] as const),
    ];
    const { spans, causes } = await play(wire, [{ events: wire.stream(deltas, "tool_calls") }], true);
    expectSpans(spans, [
      {
        name,
        status: "unset",
        attributes: {
          "gen_ai.output.messages": both,
          "gen_ai.usage.input_tokens": 20,
          "gen_ai.usage.output_tokens": 7,
        },
      },
    ]);
    expect(causes).toEqual([]);
  });

  test("S2: the same, interleaved, in pieces of 11 bytes", async () => {
    const deltas = left.flatMap((piece, n) => [
      [0, n === 0 ? WEATHER : null, piece] as const,
      ...(right[n] === undefined ? [] : [[1, n === 0 ? TIME : null, right[n]] as const]),
    ]);
    const { spans, causes } = await play(wire, [{ events: wire.stream(deltas, "tool_calls"), pieces: 11 }], true);
    expect(causes).toEqual([]);
    expectSpans(spans, [{ name, status: "unset", attributes: { "gen_ai.output.messages": both } }]);
  });

  test("S4: the connection drops mid-stream", async () => {
    const { spans, error, causes } = await play(
      wire,
      [{ events: wire.stream([[0, WEATHER, '{"ci']], null), close: "drop" }],
      true,
    );
    expect(error).not.toBeNull();
    expectSpans(spans, [
      { name, status: "error", attributes: { "misfire.stream.outcome": "dropped" }, events: [{ name: "exception" }] },
    ]);
    expect(causes).toEqual(["provider/network"]);
  });

  test("S5: the caller breaks", async () => {
    const events = wire.stream(
      [[0, WEATHER, left[0]!], ...Array.from({ length: 30 }, () => [0, null, " "] as const)],
      null,
    );
    const { spans, causes } = await play(wire, [{ events, pace: 5 }], true, async (answer) => {
      for await (const _ of answer) break;
    });
    expectSpans(spans, [
      { name, status: "unset", attributes: { "misfire.stream.outcome": "returned", "misfire.stream.chunks": 1 } },
    ]);
    expect(causes).toEqual([]);
  });

  test("S6: HTTP 400", async () => {
    const { spans, error, causes } = await play(wire, [wire.refusal], false);
    expect(error).toBe("BadRequestError");
    expectSpans(spans, [
      {
        name,
        status: "error",
        attributes: { "error.type": "BadRequestError", "http.response.status_code": 400 },
        events: [{ name: "misfire.attempt_failed" }, { name: "exception" }],
      },
    ]);
    expect(causes).toEqual(["schema/invalid-schema"]);
  });

  test("S7: 429, 429, then 200", async () => {
    const { spans, causes } = await play(wire, [wire.rateLimit, wire.rateLimit, wire.whole([WEATHER])], false);
    const event = {
      name: "misfire.attempt_failed",
      attributes: { "http.response.status_code": 429, "http.response.header.retry-after": "5" },
    };
    expectSpans(spans, [{ name, status: "unset", attributes: { "misfire.retries": 2 }, events: [event, event] }]);
    expect(causes).toEqual([]);
  });

  test("S8: arguments cut off", async () => {
    const { spans, causes } = await play(
      wire,
      [{ events: wire.stream([[0, WEATHER, '{"city": "Par']], "length") }],
      true,
    );
    expectSpans(spans, [
      { name, status: "unset" },
      {
        name: "execute_tool get_weather",
        status: "error",
        attributes: {
          "misfire.stage": "parsed",
          "error.type": "truncated_arguments",
          "gen_ai.tool.call.arguments": '{"city": "Par',
        },
      },
    ]);
    expect(causes).toEqual(["arguments/truncated"]);
  });

  test("S9: a tool that was not offered", async () => {
    const { spans, causes } = await play(wire, [wire.whole([{ ...WEATHER, name: "get_wether" }])], false);
    expectSpans(spans, [
      { name, status: "unset" },
      {
        name: "execute_tool get_wether",
        status: "error",
        attributes: { "misfire.stage": "looked-up", "error.type": "unknown_tool" },
      },
    ]);
    expect(causes).toEqual(["registration/unknown-tool"]);
  });
});
