import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { configure } from "../../src/instrumentation/index.ts";
import { expectNothingSwallowed, expectSpans } from "./expect.ts";
import { serve } from "./server.ts";
import { causesOf, spansOf, startTracing } from "./tracing.ts";
import { WIRE_CASES } from "./wire-cases.ts";
import { WIRES } from "./wires.ts";

const unhandled: unknown[] = [];
const onUnhandled = (error: unknown): void => void unhandled.push(error);

beforeAll(() => {
  startTracing();
  configure({ enabled: true, content: true });
  process.on("unhandledRejection", onUnhandled);
});
afterEach(expectNothingSwallowed);
afterAll(() => void process.off("unhandledRejection", onUnhandled));

describe.each(WIRES.map((wire) => [wire.name, wire] as const))("%s", (_, wire) => {
  test.each(WIRE_CASES.map((one) => [one.id, one.title, one] as const))("%s: %s", async (_id, _title, one) => {
    const server = await serve(one.script(wire).map((reply) => ({ named: true, ...reply })));
    const client = wire.trace(wire.open(server.url));
    let error: unknown = null;
    const spans = await spansOf(async () => one.act(wire, client).catch((thrown: unknown) => (error = thrown)));
    await server.close();
    expect(error !== null).toBe(one.throws);
    expectSpans(spans, one.spans(wire));
    expect(unhandled).toEqual([]);
    expect(causesOf(spans)).toEqual(one.cause === null ? [] : [one.cause]);
  });
});
