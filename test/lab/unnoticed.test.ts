import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { configure, swallowedErrors, traceAgent } from "../../src/instrumentation/index.ts";
import { serve, wait, type LabServer, type Reply } from "./server.ts";
import { SURFACES, type Surface } from "./surfaces.ts";
import { startTracing } from "./tracing.ts";

/** One request of the script: what the server plays, and what the application does with it. */
interface Step {
  reply: Reply;
  stream: boolean;
  /** Reads so many chunks, then leaves in this way. */
  leave: { after: number; how: "break" | "abort" | "throw" } | null;
  /** Aborts before it asks, or when the server has its request and has not answered. */
  abort: "before" | "asked" | null;
  /** Lets go of the promise without a handler, or reads it in another way. */
  read: "await" | "withResponse" | "asResponse" | "twice" | "tee" | "ignore" | "helper";
}

function steps({ events, answers, named }: Surface): fc.Arbitrary<Step[]> {
  const streamed = fc.record({
    events: fc.array(events, { maxLength: 6 }),
    close: fc.constantFrom<NonNullable<Reply["close"]>>("done", "end", "drop"),
    pieces: fc.integer({ min: 5, max: 400 }),
    named: fc.constant(named),
    delay: fc.constantFrom(0, 0, 4),
    pace: fc.constantFrom(0, 0, 2),
  });
  const step = fc.record({
    reply: fc.oneof(streamed, answers),
    stream: fc.boolean(),
    leave: fc.option(
      fc.record({ after: fc.integer({ min: 1, max: 3 }), how: fc.constantFrom("break", "abort", "throw") }),
      { freq: 3 },
    ),
    abort: fc.option(fc.constantFrom("before", "asked"), { freq: 6 }),
    read: fc.constantFrom("await", "await", "withResponse", "asResponse", "twice", "tee", "ignore", "helper"),
  });
  return fc.array(step as fc.Arbitrary<Step>, { minLength: 1, maxLength: 3 });
}

const seed = Number(process.env["MISFIRE_LAB_SEED"] ?? 7);
const numRuns = Number(process.env["MISFIRE_LAB_RUNS"] ?? 30);

beforeAll(() => {
  startTracing();
  configure({ enabled: true, content: true });
});

describe.each(SURFACES.map((surface) => [surface.name, surface] as const))("%s", (_, surface) => {
  test("an application cannot tell whether it is traced", async () => {
    await fc.assert(
      fc.asyncProperty(steps(surface), async (script) => {
        const plain = await log(surface, script, false);
        const traced = await log(surface, script, true);
        expect(traced).toEqual(plain);
      }),
      { numRuns, seed },
    );
    expect(swallowedErrors()).toEqual({ count: 0, last: null });
  }, 600_000);
});

/** All that the application sees, in order. */
async function log(surface: Surface, script: readonly Step[], traced: boolean): Promise<string[]> {
  const seen: string[] = [];
  const unhandled = (error: unknown): void => void seen.push(`unhandled ${said(error)}`);
  const before = process.rawListeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", unhandled);
  // Retries repeat a step's reply, since each step but the last asks at most twice and the server does not know which is which.
  const asked: { now: (() => void) | null } = { now: null };
  const server = await serve((_, n) => {
    asked.now?.();
    return script[Math.min(n, script.length - 1)]!.reply;
  });
  const client = surface.open(`${server.url}/v1`, traced);
  const run = <T>(work: () => T): T => (traced ? traceAgent("property", work) : work());
  for (const step of script) {
    try {
      await run(() => one(surface, client, step, seen, asked));
    } catch (error) {
      seen.push(`error ${said(error)}`);
    }
    asked.now = null;
    await quiet(server);
  }
  await server.close();
  seen.push(`requests ${server.requests.length}`);
  process.off("unhandledRejection", unhandled);
  for (const listener of before) process.on("unhandledRejection", listener as never);
  return seen;
}

/** Every request is done with, and what the client makes of it has had its turns: by turns, not by the clock. */
async function quiet(server: LabServer): Promise<void> {
  for (let turns = 0; turns < 12; turns++) {
    await wait(1);
    if (server.closed.length < server.requests.length) turns = 0;
  }
}

interface ApiPromise extends Promise<unknown> {
  asResponse(): Promise<Response>;
  withResponse(): Promise<{ data: unknown }>;
}

async function one(
  surface: Surface,
  client: unknown,
  step: Step,
  seen: string[],
  asked: { now: (() => void) | null },
): Promise<void> {
  const { stream, leave, abort, read } = step;
  const controller = new AbortController();
  if (abort === "before") controller.abort();
  if (abort === "asked") asked.now = () => controller.abort();
  const promise = surface.create(client, stream, { signal: controller.signal, maxRetries: 0 }) as ApiPromise;
  seen.push(`promise ${promise.constructor.name} ${Object.keys(promise).toSorted().join()}`);
  if (read === "ignore") return;
  if (read === "helper") {
    const created = promise.then(String, String);
    seen.push(`helped ${JSON.stringify(await surface.helper(client))}`);
    return void (await created);
  }
  if (read === "asResponse") {
    const response = await promise.asResponse();
    seen.push(`raw ${response.status} ${(await response.text()).length}`);
    return;
  }
  const data = read === "withResponse" ? (await promise.withResponse()).data : await promise;
  if (read === "twice") seen.push(`same ${(await promise) === data}`);
  if (typeof data !== "object" || data === null || !(Symbol.asyncIterator in data)) {
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
