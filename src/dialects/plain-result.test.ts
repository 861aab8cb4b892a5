import { expect, test } from "vitest";
import { plainResult, saysFailed } from "./plain-result.ts";

test("takes a text out of the JSON around it", () => {
  expect(plainResult('"Error: no \\"key\\""')).toBe('Error: no "key"');
  expect(plainResult('{"result": "Error: locked"}')).toBe("Error: locked");
  expect(plainResult('{\n "output" : "free"}')).toBe("free");
});

test("leaves data and broken JSON as they are", () => {
  for (const content of [
    '{"result": "free", "room": 1}',
    '{"result": {"id": 1}}',
    '"a" and "b"',
    '{"result": "cut',
    "free",
    '{"text": "x"}',
  ])
    expect(plainResult(content)).toBe(content);
});

test("cuts what CrewAI repeats behind an error", () => {
  const error = "I encountered an error while trying to use the tool. This was the error: timed out.";
  expect(plainResult(`\n${error}\n Tool f accepts these inputs: Tool Name: f`)).toBe(error);
  expect(saysFailed(error)).toBe(true);
});

test("knows the sentence by which BeeAI says that a tool failed", () => {
  expect(saysFailed("The tool has failed; the error log is shown below. If the tool cannot accomplish")).toBe(true);
  expect(saysFailed("The report says: The tool has failed; the error log is shown below.")).toBe(false);
});
