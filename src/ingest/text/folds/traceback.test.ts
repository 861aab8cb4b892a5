import { expect, test } from "vitest";
import { openFold } from "./open.ts";

const after = (last: string, ...lines: string[]) => {
  const fold = openFold("Traceback (most recent call last):", false);
  fold.step('  File "/app/run.py", line 3, in run');
  fold.step("    tool()");
  fold.step(last);
  return lines.map((line) => fold.step(line));
};

test("ends behind an exception that says all in one line", () => {
  expect(after("AttributeError: 'NoneType' object has no attribute 'name'", "Called find_room -> free")).toEqual([
    "split",
  ]);
  expect(after("KeyError: 'x'", "During task with name 'tools' and id '1'", "free")).toEqual(["join", "split"]);
});

test("goes on with what may be the rest of a message, and with a chain", () => {
  expect(after("pydantic_core.ValidationError: 1 validation error", "claim_id")).toEqual(["join"]);
  expect(after("KeyError: 'x'", "", "The above exception was the direct cause of the following exception:")).toEqual([
    "maybe",
    "join",
  ]);
});

test("keeps what logging prints behind an error of its own", () => {
  const last = "TypeError: Object of type ToolCallEvent is not JSON serializable";
  expect(after(last, "Call stack:", '  File "/app/run.py", line 3, in run', "Message: <x>", "Arguments: ()")).toEqual([
    "join",
    "join",
    "join",
    "join",
  ]);
});
