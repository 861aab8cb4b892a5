import fc from "fast-check";
import OpenAI from "openai";
import OpenAI5 from "openai5";
import { beforeAll, describe, expect, test } from "vitest";
import { configure, instrumentOpenAI, swallowedErrors, traceAgent } from "../../src/instrumentation/index.ts";
import { BODY } from "./chat-cases.ts";
import { answer, calls, chunk, head, more, RATE_LIMIT, WEATHER } from "./replies.ts";
import { serve, wait, type Reply } from "./server.ts";
import { startTracing } from "./tracing.ts";

/** One request of the script: what the server plays, and what the application does with it. */
interface Step {
  reply: Reply;
  stream: boolean;
  /** Reads so many chunks, then leaves in this way. */
  leave: { after: number; how: "break" | "abort" | "throw" } | null;
  /** Lets go of the promise without a handler, or reads it in another way. */
  read: "await" | "withResponse" | "asResponse" | "twice" | "tee" | "ignore" | "parse";
}

const chunks = fc.array(
  fc.constantFrom<unknown>(
    chunk({ content: "word" }),
    calls(head(0, WEATHER)),
    calls(more(0, '{"a"')),
    calls(more(1, "1}")),
    chunk({}, "stop"),
    { error: { message: "server blew up" } },
    { odd: true },
  ),
  { maxLength: 6 },
);
const reply: fc.Arbitrary<Reply> = fc.oneof(
  fc.record({
    events: chunks,
    close: fc.constantFrom<NonNullable<Reply["close"]>>("done", "end", "drop"),
    pieces: fc.integer({ min: 5, max: 400 }),
  }),
  fc.constantFrom<Reply>(
    answer([], "Hi"),
    answer([WEATHER]),
    RATE_LIMIT,
    { status: 500, json: { error: { message: "boom" } } },
    { status: 400, json: { error: { message: "bad", code: "x" } } },
    { status: 200, json: {} },
    { status: 200, json: null },
  ),
);
const step: fc.Arbitrary<Step> = fc.record({
  reply,
  stream: fc.boolean(),
  leave: fc.option(
    fc.record({ after: fc.integer({ min: 1, max: 3 }), how: fc.constantFrom("break", "abort", "throw") }),
    { freq: 3 },
  ),
  read: fc.constantFrom("await", "await", "withResponse", "asResponse", "twice", "tee", "ignore", "parse"),
});

beforeAll(() => {
  startTracing();
  configure({ enabled: true, content: true });
});

describe.each(Object.entries({ "openai 5": OpenAI5, "openai 7": OpenAI }))("%s", (_, Client) => {
  test("an application cannot tell whether it is traced", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 3 }), async (steps) => {
        const plain = await log(steps, (url) => new Client({ apiKey: "k", baseURL: url, maxRetries: 1 }) as OpenAI);
        const traced = await log(
          steps,
          (url) => instrumentOpenAI(new Client({ apiKey: "k", baseURL: url, maxRetries: 1 })) as OpenAI,
        );
        expect(traced).toEqual(plain);
      }),
      { numRuns: 40, seed: 7 },
    );
    expect(swallowedErrors()).toEqual({ count: 0, last: null });
  }, 30_000);
});

/** All that the application sees, in order. */
async function log(steps: readonly Step[], open: (url: string) => OpenAI): Promise<string[]> {
  const seen: string[] = [];
  const unhandled = (error: unknown): void => void seen.push(`unhandled ${said(error)}`);
  const before = process.rawListeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", unhandled);
  const server = await serve((_, n) => replyOf(steps, n));
  const client = open(`${server.url}/v1`);
  for (const each of steps) {
    try {
      await traceAgentMaybe(() => one(client, each, seen));
    } catch (error) {
      seen.push(`error ${said(error)}`);
    }
  }
  await wait(2);
  await server.close();
  seen.push(`requests ${server.requests.length}`);
  process.off("unhandledRejection", unhandled);
  for (const listener of before) process.on("unhandledRejection", listener as never);
  return seen;
}

/** Retries repeat the step's reply, since each step but the last asks at most twice and the server does not know which is which. */
function replyOf(steps: readonly Step[], n: number): Reply {
  return steps[Math.min(n, steps.length - 1)]!.reply;
}

const traceAgentMaybe = <T>(work: () => Promise<T>): Promise<T> => traceAgent("property", work);

async function one(client: OpenAI, { stream, leave, read }: Step, seen: string[]): Promise<void> {
  const controller = new AbortController();
  const promise = client.chat.completions.create({ ...BODY, stream } as never, {
    signal: controller.signal,
    maxRetries: 0,
  });
  seen.push(`promise ${promise.constructor.name} ${Object.keys(promise).toSorted().join()}`);
  if (read === "ignore") {
    await wait(20);
    return;
  }
  if (read === "parse") {
    const create = promise.then(String, String);
    const parsed = await client.chat.completions.parse({ ...BODY, tools: [] } as never, { maxRetries: 0 });
    seen.push(`parsed ${JSON.stringify(parsed)}`);
    await create;
    return;
  }
  if (read === "asResponse") {
    const response = await promise.asResponse();
    seen.push(`raw ${response.status} ${(await response.text()).length}`);
    return;
  }
  const data: unknown = read === "withResponse" ? (await promise.withResponse()).data : await promise;
  if (read === "twice") seen.push(`same ${(await promise) === data}`);
  const isIterable = typeof data === "object" && data !== null && Symbol.asyncIterator in data;
  if (!isIterable) {
    seen.push(`value ${JSON.stringify(data)}`);
    return;
  }
  seen.push(`stream ${data.constructor.name} ${Object.keys(data).toSorted().join()}`);
  const branches =
    read === "tee" ? (data as unknown as { tee(): AsyncIterable<unknown>[] }).tee() : [data as AsyncIterable<unknown>];
  for (const branch of branches) {
    let n = 0;
    for await (const value of branch) {
      seen.push(`chunk ${JSON.stringify(value)}`);
      n += 1;
      if (leave === null || n < leave.after) continue;
      if (leave.how === "break") break;
      if (leave.how === "throw") throw new Error("the application's own");
      controller.abort();
    }
    seen.push("end");
  }
}

function said(error: unknown): string {
  const { constructor, message, status } = error as Error & { status?: number };
  return `${constructor.name} ${status} ${message}`;
}
