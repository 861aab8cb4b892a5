import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { configure, traceAgent, traceTool } from "../../src/instrumentation/index.ts";
import type { Expected } from "./chat-cases.ts";
import { expectNothingSwallowed, expectSpans } from "./expect.ts";
import { pieces, WEATHER } from "./replies.ts";
import { serve, wait, type Reply } from "./server.ts";
import { causesOf, spansOf, startTracing, type FinishedSpan } from "./tracing.ts";
import { WIRES } from "./wires.ts";

/** What S1 to S10 leave out: who aborts, waits too long, splits a stream, uses a client again, or has 100 runs on one. */
beforeAll(() => {
  startTracing();
  configure({ enabled: true, content: true });
});
afterEach(expectNothingSwallowed);

interface Stream extends AsyncIterable<unknown> {
  tee(): [AsyncIterable<unknown>, AsyncIterable<unknown>];
}

describe.each(WIRES.map((wire) => [wire.name, wire] as const))("%s", (_, wire) => {
  const chat = (more: Partial<Expected> = {}): Expected => ({ name: `chat ${wire.model}`, status: "unset", ...more });
  const whole = wire.stream(
    pieces(WEATHER.args).map((piece, n) => [0, n === 0 ? WEATHER : null, piece] as const),
    "tool_calls",
  );

  async function against(
    script: readonly Reply[] | ((body: Record<string, unknown>, n: number) => Reply),
    work: (client: unknown) => Promise<unknown>,
  ): Promise<FinishedSpan[]> {
    const server = await serve(typeof script === "function" ? script : script.map((one) => ({ named: true, ...one })));
    const client = wire.trace(wire.open(server.url));
    const spans = await spansOf(() => work(client));
    await server.close();
    return spans;
  }

  test("an abort by signal in the middle of a stream", async () => {
    const controller = new AbortController();
    const spans = await against([{ events: whole.slice(0, -2), close: "hang" }], async (client) => {
      const stream = await wire.ask(client, true, { options: { signal: controller.signal } });
      let n = 0;
      for await (const _ of stream as AsyncIterable<unknown>) if (++n === 2) controller.abort();
    });
    expectSpans(spans, [chat({ attributes: { "misfire.stream.outcome": "aborted" } })]);
    expect(causesOf(spans)).toEqual([]);
  });

  test("a time-out before the answer", async () => {
    const spans = await against([{ ...wire.whole([WEATHER]), delay: 3000 }], (client) =>
      wire.ask(client, false, { options: { timeout: 60, maxRetries: 0 } }).catch(() => {}),
    );
    expectSpans(spans, [
      chat({
        status: "error",
        attributes: { "error.type": "APIConnectionTimeoutError" },
        events: [{ name: "misfire.attempt_failed" }, { name: "exception" }],
      }),
    ]);
    expect(causesOf(spans)).toEqual(["provider/network"]);
  });

  test("both branches of a teed stream get all, and the span is one", async () => {
    const seen: unknown[][] = [[], []];
    const spans = await against([{ events: whole }], async (client) => {
      const branches = ((await wire.ask(client, true)) as Stream).tee();
      await Promise.all(
        branches.map(async (branch, n) => {
          for await (const event of branch) seen[n]!.push(event);
        }),
      );
    });
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]!.length).toBeGreaterThan(3);
    expectSpans(spans, [chat({ attributes: { "gen_ai.response.finish_reasons": ["tool_calls"] } })]);
    expect(causesOf(spans)).toEqual([]);
  });

  test("a client that is used again, after a failure and after a break", async () => {
    const spans = await against(
      [wire.refusal, { events: whole }, wire.whole([WEATHER]), { events: whole }],
      async (client) => {
        await wire.ask(client, false).catch(() => {});
        for await (const _ of (await wire.ask(client, true)) as Stream) break;
        await wire.ask(client, false);
        for await (const _ of (await wire.ask(client, true)) as Stream);
      },
    );
    expect(spans.map(({ attributes }) => attributes["error.type"] ?? attributes["misfire.stream.outcome"])).toEqual([
      "BadRequestError",
      "returned",
      undefined,
      undefined,
    ]);
  });

  test("100 runs in flight on one client stay apart", async () => {
    const weather = traceTool("get_weather", async ({ city }: { city: string }, _context: { toolCallId: string }) => {
      await wait(1);
      return `Sunny in ${city}`;
    });
    // All have the same call id, as providers that number their calls give them.
    const script = (body: Record<string, unknown>, n: number): Reply => {
      const city = /city \d+/.exec(JSON.stringify(body))![0];
      const isAnswered = JSON.stringify(body).includes("Sunny in");
      const call = { id: "call_1", name: "get_weather", args: JSON.stringify({ city }) };
      return { ...(isAnswered ? wire.text(city) : wire.whole([call])), delay: n % 7 };
    };
    const spans = await against(script, (client) =>
      Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          traceAgent(`run ${n}`, async () => {
            const city = `city ${n}`;
            await wire.ask(client, false, { question: city });
            const result = await weather({ city }, { toolCallId: "call_1" });
            const call = { id: "call_1", name: "get_weather", args: JSON.stringify({ city }) };
            await wire.ask(client, false, { question: city, answered: { call, result } });
          }),
        ),
      ),
    );
    expect(spans).toHaveLength(400);
    for (const trace of Map.groupBy(spans, (span) => span.spanContext().traceId).values()) {
      const [run, asked, tool, read] = trace;
      const city = `city ${run!.name.split(" ").at(-1)}`;
      expect(tool!.attributes["gen_ai.tool.call.arguments"]).toBe(JSON.stringify({ city }));
      expect(tool!.links.map(({ context }) => context.spanId)).toEqual([asked!.spanContext().spanId]);
      expect(read!.links.map(({ context }) => context.spanId)).toEqual([tool!.spanContext().spanId]);
    }
    expect(causesOf(spans)).toEqual([]);
  }, 30_000);
});
