import { expect, test } from "vitest";
import { openFold } from "../../ingest/text/folds/open.ts";
import { reading } from "./reading.fixture.ts";
import { smolagents } from "./smolagents.ts";

test("reads why the model did not answer, as one text", () => {
  const head = "Error while generating or parsing output:";
  const { texts } = reading(
    smolagents,
    `${head}\nError code: 400 - choice requires \n--tool-call-parser to be set\n[Step 1: Duration 0.1 seconds]`,
  );
  expect(texts).toEqual([["model-error", "Error code: 400 - choice requires --tool-call-parser to be set", true]]);
  const fold = openFold(head, false);
  expect([fold.step("Connection error."), fold.step("[Step 1: Duration 0.1 seconds]")]).toEqual(["join", "split"]);
});

test("takes an invalid call for the call's result", () => {
  const { returned } = reading(
    smolagents,
    "Calling tool: 'find_room' with arguments: {'roomId': '214'}",
    "Invalid call to tool 'find_room' with arguments {\"roomId\": \"214\"}: find_room() got an unexpected keyword argument \n'roomId'",
  );
  expect(returned).toEqual([
    [
      null,
      "find_room",
      "Invalid call to tool 'find_room' with arguments {\"roomId\": \"214\"}: find_room() got an unexpected keyword argument 'roomId'",
      true,
    ],
  ]);
});
