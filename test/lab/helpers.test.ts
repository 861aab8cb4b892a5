import OpenAI7 from "openai";
import { zodFunction as zodFunction7, zodResponseFormat as zodResponseFormat7 } from "openai/helpers/zod";
import OpenAI5 from "openai5";
import OpenAI6 from "openai6";
import { zodFunction as zodFunction6, zodResponseFormat as zodResponseFormat6 } from "openai6/helpers/zod";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { configure, instrumentOpenAI } from "../../src/instrumentation/index.ts";
import { BODY, TOOLS } from "./chat-cases.ts";
import { expectNothingSwallowed } from "./expect.ts";
import { answer, calls, chunk, END, head, more, TIME, WEATHER } from "./replies.ts";
import { serve, type Reply } from "./server.ts";
import { diagnosed, spansOf, startTracing, type FinishedSpan } from "./tracing.ts";

beforeAll(() => {
  startTracing();
  configure({ enabled: true, content: true });
});
afterEach(expectNothingSwallowed);

const VERSIONS: [string, unknown, unknown, unknown][] = [
  ["openai 5", OpenAI5, null, null],
  ["openai 6", OpenAI6, zodFunction6, zodResponseFormat6],
  ["openai 7", OpenAI7, zodFunction7, zodResponseFormat7],
];

describe.each(VERSIONS)("helpers of %s", (_, Client, zodFunction, zodResponseFormat) => {
  async function against(script: readonly Reply[], work: (client: OpenAI7) => Promise<void>): Promise<FinishedSpan[]> {
    const server = await serve(script);
    const spans = await spansOf(() =>
      work(instrumentOpenAI(new (Client as typeof OpenAI7)({ apiKey: "k", baseURL: `${server.url}/v1` }))),
    );
    await server.close();
    return spans;
  }
  const outline = (spans: readonly FinishedSpan[]): string[] =>
    spans.map(({ name, attributes }) =>
      [name, attributes["misfire.stage"], attributes["gen_ai.tool.call.id"]].filter(Boolean).join(" "),
    );
  const streamed = (...deltas: unknown[]): Reply => ({
    events: [chunk({ role: "assistant", content: null }), ...deltas],
  });

  test("stream() assembles the same and is one span", async () => {
    const spans = await against(
      [streamed(calls(head(0, WEATHER)), calls(more(0, WEATHER.args)), END)],
      async (client) => {
        const { choices } = await client.chat.completions.stream(BODY as never).finalChatCompletion();
        expect(choices[0]?.message.tool_calls?.[0]).toMatchObject({
          id: "call_A",
          function: { arguments: WEATHER.args },
        });
      },
    );
    expect(outline(spans)).toEqual(["chat gpt-4.1-mini"]);
  });

  test("runTools, streamed, with two calls at once", async () => {
    const heard: unknown[] = [];
    const run = (args: unknown): string => {
      heard.push(args);
      return "fine";
    };
    const tools = TOOLS.map(({ function: definition }) => ({
      type: "function",
      function: { ...definition, parse: JSON.parse, function: run },
    }));
    const spans = await against(
      [
        streamed(
          calls(head(0, WEATHER)),
          calls(more(0, WEATHER.args)),
          calls(head(1, TIME)),
          calls(more(1, TIME.args)),
          END,
        ),
        streamed(chunk({ content: "Sunny" }), chunk({}, "stop")),
      ],
      async (client) => {
        const runner = client.chat.completions.runTools({ ...BODY, stream: true, tools } as never);
        expect(await runner.finalContent()).toBe("Sunny");
      },
    );
    expect(heard).toEqual([{ city: "Paris" }, { zone: "CET" }]);
    expect(outline(spans).toSorted()).toEqual([
      "chat gpt-4.1-mini",
      "chat gpt-4.1-mini",
      "execute_tool get_time call_B",
      "execute_tool get_weather call_A",
      "invoke_agent runTools",
    ]);
    expect(diagnosed(spans).report.incidents).toEqual([]);
  });

  test("runTools tells what it refuses by itself: an unknown tool, arguments that do not parse", async () => {
    const tools = [
      { type: "function", function: { ...TOOLS[0]!.function, parse: JSON.parse, function: () => "fine" } },
    ];
    const script = [
      answer([{ ...WEATHER, args: "{city" }]),
      answer([{ ...TIME, name: "get_tiem" }]),
      answer([], "Sorry"),
    ];
    const spans = await against(script, async (client) => {
      expect(await client.chat.completions.runTools({ ...BODY, tools } as never).finalContent()).toBe("Sorry");
    });
    expect(outline(spans).filter((line) => line.startsWith("execute_tool"))).toEqual([
      "execute_tool get_weather parsed call_A",
      "execute_tool get_tiem looked-up call_B",
    ]);
  });

  test.skipIf(zodFunction === null)("zod: a function of runTools, and a parsed answer", async () => {
    const weather = (zodFunction as typeof zodFunction7)({
      name: "get_weather",
      parameters: z.object({ city: z.string() }),
      function: ({ city }) => `Sunny in ${city}`,
    });
    const spans = await against([answer([WEATHER]), answer([], '{"ok":true}')], async (client) => {
      expect(await client.chat.completions.runTools({ ...BODY, tools: [weather] } as never).finalContent()).toBe(
        '{"ok":true}',
      );
      const format = (zodResponseFormat as typeof zodResponseFormat7)(z.object({ ok: z.boolean() }), "answer");
      const parsed = await client.chat.completions.parse({
        model: BODY.model,
        messages: BODY.messages as never,
        response_format: format,
      });
      expect(parsed.choices[0]?.message.parsed).toEqual({ ok: true });
    });
    expect(outline(spans)).toContain("execute_tool get_weather call_A");
    expect(spans.filter(({ name }) => name.startsWith("chat"))).toHaveLength(3);
  });
});
