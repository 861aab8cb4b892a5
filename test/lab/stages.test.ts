import OpenAI from "openai";
import { beforeAll, expect, test } from "vitest";
import { configure, instrumentOpenAI, traceAgent, traceTool } from "../../src/instrumentation/index.ts";
import { endOpenSpans } from "../../src/instrumentation/last-words.ts";
import { answer, type Call } from "./replies.ts";
import { serve } from "./server.ts";
import { diagnosed, spansOf, startTracing } from "./tracing.ts";

const weather = {
  type: "object",
  properties: { city: { type: "string" }, days: { type: "integer" }, unit: { type: "string", enum: ["C", "F"] } },
  required: ["city"],
};
const TOOLS = [
  { type: "function", function: { name: "get_weather", parameters: weather } },
  { type: "function", function: { name: "get_time", parameters: { type: "object", properties: {} } } },
];
const call = (name: string, args: string, id = "call_A"): Call => ({ id, name, args });

beforeAll(() => {
  startTracing();
});

/** Asks once for these calls, and executes get_weather when it is right. */
async function run(calls: readonly Call[], content: boolean, works = true): Promise<ReturnType<typeof diagnosed>> {
  configure({ content, args: false });
  const server = await serve([answer(calls)]);
  const client = instrumentOpenAI(new OpenAI({ apiKey: "sk-lab", baseURL: `${server.url}/v1`, maxRetries: 0 }));
  const tool = traceTool("get_weather", (_args: unknown, _context: { toolCallId: string }) => {
    if (!works) throw new TypeError("nothing to measure");
    return "12";
  });
  const spans = await spansOf(() =>
    traceAgent("a", async () => {
      await client.chat.completions.create({ model: "gpt-5", messages: [], tools: TOOLS } as never);
      const [first] = calls;
      if (first?.args === '{"city":"Oslo"}' && first.name === "get_weather")
        tool({ city: "Oslo" }, { toolCallId: first.id });
      if (!works) expect(() => tool({ town: "Oslo" }, { toolCallId: "call_A" })).toThrow("nothing to measure");
    }),
  );
  await server.close();
  return diagnosed(spans);
}

const RIGHT = call("get_weather", '{"city":"Oslo"}');

/** What misfire says of each stage that our instrumentation saw break, also where no word of the model was recorded. */
test.each([
  ["parsed", call("get_weather", '{"city": "Os'), "arguments/truncated", {}],
  ["looked up", call("get_wether", '{"city":"Oslo"}'), "registration/unknown-tool", {}],
  ["validated", call("get_weather", '{"town":"Oslo"}'), "arguments/unexpected-argument", { argument: "town" }],
  ["validated", call("get_weather", "{}"), "arguments/missing-argument", { argument: "city" }],
  ["validated", call("get_weather", '{"city":"Oslo","days":"two"}'), "arguments/wrong-type", { argument: "days" }],
  ["validated", call("get_weather", '{"city":"Oslo","unit":"K"}'), "arguments/invalid-value", { argument: "unit" }],
] as const)("%s: %o is %s", async (stage, bad, cause, facts) => {
  for (const content of [false, true]) {
    const { report, calls } = await run([bad], content);
    expect(report.incidents.map(({ classifier, tool }) => [classifier, tool])).toEqual([[cause, bad.name]]);
    expect(report.incidents[0]?.facts).toMatchObject(facts);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.life).toMatchObject({ requested: "ok", [stage]: "failed", executed: "not-reached" });
    expect(calls[0]?.executions).toEqual([]);
  }
});

test("left undone while its sibling was executed", async () => {
  const { report, calls } = await run([RIGHT, call("get_time", "{}", "call_B")], false);
  expect(report.incidents.map(({ classifier, tool }) => [classifier, tool])).toEqual([
    ["execution/unanswered", "get_time"],
  ]);
  expect(calls.map(({ id, executions }) => [id, executions.length])).toEqual([
    ["call_A", 1],
    ["call_B", 0],
  ]);
});

test("executed with arguments that do not fit: the arguments are the cause, not what the tool threw", async () => {
  const { report } = await run([call("get_weather", '{"town":"Oslo"}')], false, false);
  expect(report.incidents[0]?.classifier).toBe("arguments/unexpected-argument");
});

test("attempts that failed before the answer came are told, as overcome", async () => {
  configure({ content: false });
  const server = await serve([{ status: 429, headers: { "retry-after": "0" } }, answer([], "Hi")]);
  const client = instrumentOpenAI(new OpenAI({ apiKey: "sk-lab", baseURL: `${server.url}/v1`, maxRetries: 2 }));
  const spans = await spansOf(() => client.chat.completions.create({ model: "gpt-5", messages: [] }));
  await server.close();
  const { report } = diagnosed(spans);
  expect(report.incidents.map(({ classifier, modifiers, facts }) => [classifier, modifiers, facts])).toEqual([
    ["provider/rate-limited", ["recovered"], expect.objectContaining({ providerStatus: "429", retryAfter: "0" })],
  ]);
  expect(report.verdict).toBe("clean");
});

test.each([
  ["process_killed", "got SIGTERM", "execution/cancelled"],
  ["process_exit", "exited with code 0", "execution/unanswered"],
  ["process_crashed", "crashed: RangeError", "execution/unanswered"],
])("open when the process ended, %s: it is not the tool that failed", async (type, how, cause) => {
  const tool = traceTool("slow", (_args: unknown, _context: { toolCallId: string }) => new Promise(() => {}));
  const spans = await spansOf(async () => {
    void traceAgent("a", () => tool({}, { toolCallId: "call_A" }));
    const error = type === "process_crashed" ? { error: new RangeError("a bug") } : {};
    endOpenSpans({ type, message: `Still open when the process ${how}`, ...error });
  });
  const { report } = diagnosed(spans);
  expect(report.incidents.map(({ classifier, tool: name }) => [classifier, name])).toEqual([[cause, "slow"]]);
});
