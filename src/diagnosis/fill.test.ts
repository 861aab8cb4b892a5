import { expect, test } from "vitest";
import { fill } from "./fill.ts";

test("facts are filled in", () => {
  expect(fill("The model sent {argument}; {tool} takes {nearest}.", { argument: "claimId", tool: "get_claim", nearest: "claim_id" })).toBe("The model sent claimId; get_claim takes claim_id.");
});

test("a clause or sentence that lacks its fact is left out", () => {
  expect(fill("The model sent {argument}; {tool} takes {nearest}.", { argument: "claimId" })).toBe("The model sent claimId.");
  expect(fill("The run ended. The limit was {limit}.", {})).toBe("The run ended.");
});

test("where nothing would remain a general word stands in", () => {
  expect(fill("{tool} was never executed.", {})).toBe("the tool was never executed.");
});
