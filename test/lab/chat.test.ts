import OpenAI7 from "openai";
import OpenAI5 from "openai5";
import OpenAI6 from "openai6";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { configure, instrumentOpenAI } from "../../src/instrumentation/index.ts";
import { CHAT_CASES, type ChatClient } from "./chat-cases.ts";
import { expectNothingSwallowed, expectSpans } from "./expect.ts";
import { serve } from "./server.ts";
import { causesOf, spansOf, startTracing } from "./tracing.ts";

const VERSIONS = { "openai 5": OpenAI5, "openai 6": OpenAI6, "openai 7": OpenAI7 };
const unhandled: unknown[] = [];
const onUnhandled = (error: unknown): void => void unhandled.push(error);

beforeAll(() => {
  startTracing();
  configure({ enabled: true, content: true });
  process.on("unhandledRejection", onUnhandled);
});
afterEach(expectNothingSwallowed);
afterAll(() => void process.off("unhandledRejection", onUnhandled));

describe.each(Object.entries(VERSIONS))("%s, Chat Completions", (_, OpenAI) => {
  test.each(CHAT_CASES.map((one) => [one.id, one.title, one] as const))("%s: %s", async (_id, _title, one) => {
    const server = await serve(one.script);
    const client = instrumentOpenAI(
      new OpenAI({ apiKey: "sk-lab", baseURL: `${server.url}/v1` }),
    ) as unknown as ChatClient;
    let error: unknown = null;
    const spans = await spansOf(async () => one.act(client).catch((thrown: unknown) => (error = thrown)));
    await server.close();
    expect((error as object | null)?.constructor.name ?? null).toBe(one.throws ?? null);
    expectSpans(spans, one.spans);
    expect(unhandled).toEqual([]);
    expect(causesOf(spans)).toEqual(one.cause === null ? [] : [one.cause]);
  });
});

test.each(CHAT_CASES.map((one) => [one.id, one] as const))(
  "%s is diagnosed without content as well, and shows none",
  async (_id, one) => {
    configure({ content: false });
    const server = await serve(one.script);
    const client = instrumentOpenAI(
      new OpenAI7({ apiKey: "sk-lab", baseURL: `${server.url}/v1` }),
    ) as unknown as ChatClient;
    const spans = await spansOf(async () => one.act(client).catch(() => {}));
    await server.close();
    configure({ content: true });
    expect(JSON.stringify(spans.map(({ attributes, status }) => [attributes, status]))).not.toMatch(
      /Par|CET|Weather and time/,
    );
    expect(causesOf(spans)).toEqual(one.cause === null ? [] : [one.cause]);
  },
);
