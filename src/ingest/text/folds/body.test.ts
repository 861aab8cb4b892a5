import { expect, test } from "vitest";
import type { LogRecord } from "../../../records/records.ts";
import { openText } from "../reader.ts";
import { framed } from "./testdata/framed.ts";

test.each([
  ["a list below a bracket", 'tools sent: [\n"get_claim",\n"get_weather"\n]\nnext', 4],
  ["rows of a Python list", "messages: [\n{'role': 'user'},\n{'role': 'tool'},\n]\nnext", 4],
  ["an object below a colon", 'Error parsing the answer:\n{\n  "error": "x"\n}\nnext', 4],
  ["an object without indentation", 'Response:\n{\n"error": {"message": "bad"}\n}\nnext', 4],
  ["an array below a colon", 'Tool result:\n[\n  {"a": 1}\n]\nnext', 4],
  [
    "items below a colon",
    "Validation failed for get_claim:\n- claimId is required\n- amount must be a number\nnext",
    3,
  ],
  ["numbered items below a colon", "the tool said:\n1. no such city\n2. try again\nnext", 3],
])("a line holds %s", (_, log, last) => {
  expect(framed(log)).toEqual([
    [1, last],
    [last + 1, last + 1],
  ]);
});

test.each([
  ["values after a bracket that nothing closes", 'see [\n"a",\nnext'],
  ["lines that are no values", "see (\nplain text\nmore"],
  ["an item after a blank line", "Steps:\n\n- one"],
  ["an item after a line without a colon", "Steps\n- one\n- two"],
  ["a value after the last one, that has no comma", 'see [\n"a"\n"b"\n'],
])("a line does not hold %s", (_, log) => {
  expect(framed(log)[0]).toEqual([1, 1]);
});

test("what the object below a colon says are fields of the record", () => {
  const records: LogRecord[] = [];
  const none = () => {};
  const sink = { log: (r: LogRecord) => records.push(r), span: none, otelLog: none, exchange: none, drop: none };
  const reader = openText("x", { ...sink, note: none }, null, null);
  const log = '2026-11-24 12:17:36,500 ERROR app: Answer:\n{\n  "error": "x",\n  "tool_call_id": "call_1"\n}\n';
  reader.push(new TextEncoder().encode(log));
  reader.end();
  expect(records).toHaveLength(1);
  expect(records[0]).toMatchObject({ level: "error", logger: "app", envelopes: ["asctime", "json"], line: 1 });
  expect(records[0]!.fields).toEqual({ error: "x", tool_call_id: "call_1" });
  expect(records[0]!.text.startsWith("Answer:\n{")).toBe(true);
});
