import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collect, runTraced, type Collector } from "./collector.ts";
import { answer, WEATHER } from "./replies.ts";
import { serve, type Reply } from "./server.ts";

let collector: Collector;
beforeAll(async () => {
  collector = await collect();
});
afterAll(() => collector.close());

const UNKNOWN = { ...WEATHER, id: "call_X", name: "get_wether" };
/** The model asks for one tool that is offered and one that is not, as each provider says it. */
const CHAT: readonly Reply[] = [answer([WEATHER, UNKNOWN]), answer([], "Sunny")];
const SCRIPTS: Record<string, readonly Reply[]> = {
  ai: CHAT,
  agents: CHAT,
  langgraph: CHAT,
  mcp2: [],
  anthropic: [
    {
      json: {
        id: "msg_1",
        type: "message",
        role: "assistant",
        model: "claude-sonnet-5-5",
        content: [{ type: "tool_use", id: "toolu_1", name: "get_wether", input: {} }],
        stop_reason: "tool_use",
        usage: { input_tokens: 1, output_tokens: 1 },
      },
    },
  ],
  genai: [
    {
      json: {
        candidates: [
          {
            content: { role: "model", parts: [{ functionCall: { name: "get_wether", args: {} } }] },
            finishReason: "STOP",
          },
        ],
      },
    },
  ],
  ollama: [
    {
      json: {
        model: "qwen3",
        message: {
          role: "assistant",
          content: "",
          tool_calls: [{ function: { name: "get_wether", arguments: {} } }],
        },
        done: true,
      },
    },
  ],
};

const refused = "execute_tool get_wether looked-up";
const SPANS: Record<string, readonly string[]> = {
  ai: ["chat gpt-4.1-mini", "chat gpt-4.1-mini", "execute_tool get_weather", refused, "invoke_agent generateText"],
  // The package itself refuses the call, and ends the run.
  agents: ["chat gpt-4.1-mini", "invoke_agent Weather", "invoke_workflow Agent workflow"],
  langgraph: ["chat gpt-4.1-mini", "chat gpt-4.1-mini", "execute_tool get_weather", refused, "invoke_agent weather"],
  mcp2: ["tools/call get_weather executed", "tools/call get_weather executed"],
  anthropic: ["chat claude-sonnet-5-5", refused],
  genai: [refused, "generate_content gemini-2.5-flash"],
  ollama: ["chat qwen3", refused],
};

describe.each(["import", "require"])("loaded by %s under --import misfire/register", (kind) => {
  test.each(Object.keys(SCRIPTS))(
    "%s is traced, nothing twice",
    async (name) => {
      const model = await serve(SCRIPTS[name]!);
      const { code, spans } = await runTraced({ collector, modelUrl: model.url }, "every.mjs", [name, kind]);
      await model.close();
      expect(code).toBe(0);
      const outline = spans.map((span) => [span.name, span.attributes["misfire.stage"]].filter(Boolean).join(" "));
      expect(outline.toSorted()).toEqual(SPANS[name]);
      expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    },
    20_000,
  );
});
