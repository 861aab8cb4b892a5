import { expect, test } from "vitest";
import { withCommonFacts } from "./common-facts.ts";

const INVALID = `1 validation error for Invoice
total
  Input should be a valid number, unable to parse string as a number [type=float_parsing]`;

test("names what a text says in a way of its own", () => {
  const facts = (classifier: string, body: string) => withCommonFacts({}, {}, classifier, body);
  expect(facts("model/structured-output-failed", INVALID)).toEqual({ argument: "total" });
  expect(facts("provider/rate-limit", "Error code: 429 - {'error': {'code': 'rate_limit_exceeded'}}")).toEqual({
    providerStatus: "429",
    providerCode: "rate_limit_exceeded",
  });
  expect(facts("execution/tool-raised", INVALID)).toEqual({});
});

test("a status in the text beats one that the wording implies, and no other fact is replaced", () => {
  expect(
    withCommonFacts({ providerStatus: "400", model: "a" }, { providerStatus: "400" }, "model/x", "HTTP 422 model=b-1"),
  ).toEqual({ providerStatus: "422", model: "a" });
});
