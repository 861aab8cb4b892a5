import { SpanStatusCode } from "@opentelemetry/api";
import { expect } from "vitest";
import { swallowedErrors } from "../../src/instrumentation/index.ts";
import type { Expected } from "./chat-cases.ts";
import type { FinishedSpan } from "./tracing.ts";

/** Exactly these spans, in this order, each with these attributes among its own and these events and no others. */
export function expectSpans(spans: readonly FinishedSpan[], expected: readonly Expected[]): void {
  expect(
    spans.map(({ name, status }) => `${name} ${status.code === SpanStatusCode.ERROR ? "error" : "unset"}`),
  ).toEqual(expected.map(({ name, status }) => `${name} ${status}`));
  spans.forEach((span, index) => {
    const { attributes = {}, events = [] } = expected[index]!;
    expect(span.attributes).toMatchObject(attributes);
    expect(span.events.map(({ name }) => name)).toEqual(events.map(({ name }) => name));
    span.events.forEach((event, n) => expect(event.attributes ?? {}).toMatchObject(events[n]!.attributes ?? {}));
  });
}

/** After each test: no error of ours was swallowed. */
export function expectNothingSwallowed(): void {
  expect(swallowedErrors()).toEqual({ count: 0, last: null });
}
