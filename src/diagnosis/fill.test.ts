import { expect, test } from "vitest";
import { fill } from "./fill.ts";

test("facts are filled in", () => {
  expect(
    fill("The model sent {argument}; {tool} takes {nearest}.", {
      argument: "claimId",
      tool: "get_claim",
      nearest: "claim_id",
    }),
  ).toBe("The model sent claimId; get_claim takes claim_id.");
});

test("a clause or sentence that lacks its fact is left out", () => {
  expect(fill("The model sent {argument}; {tool} takes {nearest}.", { argument: "claimId" })).toBe(
    "The model sent claimId.",
  );
  expect(fill("The run ended. The limit was {limit}.", {})).toBe("The run ended.");
});

test("where nothing would remain a general word stands in", () => {
  expect(fill("{tool} was never executed.", {})).toBe("the tool was never executed.");
});

test("lines are alternatives: the first whose facts are known is taken", () => {
  const cause =
    "The model sent {argument} to {tool}, where {nearest} is wanted.\nThe model sent {argument}.\nThe model sent a wrong argument.";
  expect(fill(cause, { argument: "claimId", tool: "get_claim", nearest: "claim_id" })).toBe(
    "The model sent claimId to get_claim, where claim_id is wanted.",
  );
  expect(fill(cause, { argument: "claimId", tool: "get_claim" })).toBe("The model sent claimId.");
  expect(fill(cause, {})).toBe("The model sent a wrong argument.");
});
