import { expect, test } from "vitest";
import type { LogRecord } from "../../records/records.ts";
import { openText } from "./reader.ts";

test("folds a traceback into the header before it, and nothing of the next record", () => {
  expect(framed(`
2026-11-24 12:00:00,123 - app - ERROR - it failed
Traceback (most recent call last):
  File "/app/x.py", line 3, in run
    return tools[name]
           ~~~~~^^^^^^
KeyError: 'get_claim'
2026-11-24 12:00:00,124 - app - INFO - next`)).toEqual([[1, 6], [7, 7]]);
});

test("leaves a traceback to itself after JSON, a quiet header, or a console block", () => {
  const traceback = `Traceback (most recent call last):\n  File "/app/x.py", line 3, in run\nKeyError: 'x'`;
  for (const before of [
    '{"type": "LLMCall", "messages": []}',
    'INFO:httpx:HTTP Request: POST /v1 "HTTP/1.1 400 Bad Request"',
    "---------- TextMessage (user) ----------\nWhat is the state of C-1?",
  ]) {
    const lines = before.split("\n").length;
    expect(framed(`${before}\n${traceback}`)).toEqual([[1, lines], [lines + 1, lines + 3]]);
  }
});

test("keeps a chain together, with markers, blank lines, notes and repeated frames", () => {
  expect(framed(`
Traceback (most recent call last):
  File "/app/x.py", line 3, in run
  [Previous line repeated 12 more times]
json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/app/y.py", line 9, in main
app.ToolError: arguments are no JSON
a note that was added

During handling of the above exception, another exception occurred:

ValueError

the program's own words`)).toEqual([[1, 15], [17, 17]]);
});

test("keeps an exception group with its tree together", () => {
  expect(framed(`
ERROR:travel:could not use the weather server
  + Exception Group Traceback (most recent call last):
  |   File "/app/run.py", line 11, in main
  |     async with session() as s:
  | ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "/app/run.py", line 4, in get
    | httpx.HTTPStatusError: Client error '404 Not Found' for url 'http://x'
    | For more information check: https://developer.mozilla.org/
    +---------------- 2 ----------------
    | ValueError: b
    +------------------------------------
done`).at(0)).toEqual([1, 13]);
});

test("two tracebacks in a row are two records", () => {
  const one = `Traceback (most recent call last):\n  File "/app/x.py", line 3, in run\nKeyError: 'x'`;
  expect(framed(`${one}\n${one}\n\n${one}`)).toEqual([[1, 3], [4, 6], [8, 10]]);
});

test("reads AutoGen's traceback within a traceback, with its blank lines", () => {
  expect(framed(`
Traceback (most recent call last):
  File "/app/run.py", line 5, in main
RuntimeError: AssertionError:
Traceback:
Traceback (most recent call last):

  File "/app/manager.py", line 165, in handle
    speaker = await future
              ^^^^^^^^^^^^

AssertionError
`)).toEqual([[1, 11]]);
});

test("reads loguru's tracebacks with blank lines, values and the catching frame", () => {
  expect(framed(`
2026-11-24 12:00:00.123 | ERROR    | __main__:<module>:12 - it failed
Traceback (most recent call last):

> File "/app/x.py", line 12, in <module>
    run(0)
    \u2514 <function run at 0x7f>

  File "/app/x.py", line 3, in run
    return 1 / x
               \u2514 0

ZeroDivisionError: division by zero
2026-11-24 12:00:00.124 | INFO     | __main__:<module>:13 - next`)).toEqual([[1, 12], [13, 13]]);
});

test("reads rich's boxes, chained, with the exception after the box", () => {
  const box = (title: string) => `\u256d\u2500\u2500\u2500 ${title} \u2500\u2500\u2500\u256e\n\u2502 /app/x.py:3 in run \u2502\n\u2502 \u2771 3 fail() \u2502\n\u2570\u2500\u2500\u2500\u2500\u2500\u2500\u256f`;
  const traceback = box("Traceback (most recent call last)");
  expect(framed(`${traceback}\nKeyError: 'x'\n\nDuring handling of the above exception, another exception occurred:\n\n${traceback}\nToolError: a\nlong message\n\nnext`)).toEqual([
    [1, 14],
    [16, 16],
  ]);
  const panel = box("Tool Error (#1)");
  expect(framed(`${panel}\n\n${panel}\n${panel}\ntext`)).toEqual([[1, 4], [6, 9], [10, 13], [14, 14]]);
});

test("reads rich's log records with padded lines between", () => {
  const pad = (text: string) => text.padEnd(80);
  expect(framed(
    [
      "[11/24/26 12:29:37] INFO     offering 1 tools: measure              common.py:50",
      pad("                    ERROR    tool measure failed: 'n/a' is not of   common.py:67"),
      pad("                             type 'number'"),
      pad(""),
      pad("                             On instance['temperature']:"),
      pad("                    INFO     next                                   common.py:58"),
    ].join("\n"),
  )).toEqual([[1, 1], [2, 5], [6, 6]]);
});

test("reads what console.error prints of a JavaScript error", () => {
  expect(framed(`
calling the weather service
TypeError: fetch failed
    at node:internal/deps/undici/undici:13510:13
    at async main (file:///app/x.js:3:4) {
  [cause]: AggregateError [ECONNREFUSED]:
      at internalConnectMultiple (node:net:1134:18) {
    code: 'ECONNREFUSED',
    [errors]: [
      Error: connect ECONNREFUSED ::1:80
          at createConnectionError (node:net:1652:14),
    ]
  }
}
next`)).toEqual([[1, 1], [2, 13], [14, 14]]);
});

test("takes the lines of a JavaScript error's message where a stack follows, and only there", () => {
  const message = `AI_InvalidToolInputError: Invalid input for tool weather: Type validation failed: Value: {"city":1}.
Error message: [
  {
    "code": "invalid_type",
    "path": ["city"]
  }
]`;
  expect(framed(`${message}\n    at run (/app/x.js:1:2)\nnext`)).toEqual([[1, 8], [9, 9]]);
  expect(framed(`${message}\nnext`)).toEqual([[1, 1], [2, 7], [8, 8]]);
  expect(framed("Error: one\nprinted between\nError: two\n    at run (/app/x.js:1:2)")).toEqual([[1, 1], [2, 2], [3, 4]]);
});

test("reads an exception that Node did not catch", () => {
  expect(framed(`
bye
node:internal/modules/run_main:107
    triggerUncaughtException(
    ^

APICallError [AI_APICallError]: Invalid schema for function 'file_claim'
    at file:///app/index.js:4192:11 {
  statusCode: 400
}

Node.js v24.11.1`).slice(0, 2)).toEqual([[1, 1], [2, 9]]);
});

test("reads pydantic's list behind a log header or a traceback", () => {
  const list = `2 validation errors for ClaimArgs
claim_id
  Field required [type=missing, input_value={}, input_type=dict]
    For further information visit https://errors.pydantic.dev/2.13/v/missing
amount
  Input should be a valid number [type=float_type, input_value='x', input_type=str]
    For further information visit https://errors.pydantic.dev/2.13/v/float_type`;
  expect(framed(`ERROR:app:refused: ${list}\nnext`)).toEqual([[1, 7], [8, 8]]);
  expect(framed(`Traceback (most recent call last):\n  File "/app/x.py", line 3, in run\npydantic_core.ValidationError: ${list}`)).toEqual([[1, 9]]);
});

test("reads JSON bodies up to their closing line", () => {
  expect(framed(`
sending {
  "model": "gpt-4o",
  "tools": [
    { "type": "function" }
  ]
}
[
  1
]
{
  "a": {}
}
done`)).toEqual([[1, 6], [7, 9], [10, 12], [13, 13]]);
});

test("reads AutoGen's console: lists on one line, texts up to the next record", () => {
  expect(framed(`
---------- TextMessage (user) ----------
What is the state

of C-1?
{"tools": [], "type": "LLMCall"}
---------- ToolCallExecutionEvent (assistant) ----------
[FunctionExecutionResult(content='a', name='f', call_id='1', is_error=True)]
[Prompt tokens: 40, Completion tokens: 12]
printed by the program
---------- TextMessage (assistant) ----------
Error: no
`)).toEqual([[1, 4], [5, 5], [6, 8], [9, 9], [10, 11]]);
});

test("reads AG2's console: calls with their speaker, executions with their output", () => {
  expect(framed(`
lawyer (to chat_manager):

***** Suggested tool call (call_1): load *****
Arguments: 
{"a": 1}
*********************************************

***** Suggested tool call (call_2): load *****
Arguments: 
{"a": 2}
*********************************************

${"-".repeat(80)}

>>>>>>>> EXECUTED FUNCTION load...
Call ID: call_1
Input arguments: {'a': 1}
Output:
first

third
user (to lawyer):

bye

${"-".repeat(80)}
Next speaker: clerk`)).toEqual([[1, 13], [15, 21], [22, 26], [27, 27]]);
});

test("reads LangChain's printed messages and smolagents' observations", () => {
  expect(framed(`
================================== Ai Message ==================================

I call it.
Tool Calls:
  find (call_1)
 Call ID: call_1
  Args:
    a: b
================================= Tool Message =================================
Name: find

Error: no
`)).toEqual([[1, 8], [9, 12]]);
  expect(framed("Observations: a\nb\n\nc\n[Step 1: Duration 0.1 seconds]")).toEqual([[1, 4], [5, 5]]);
});

test("reads a Go panic and a Java stack", () => {
  expect(framed(`
panic: runtime error: index out of range

goroutine 1 [running]:
main.run(...)
\t/app/main.go:7 +0x1b
exit status 2
Exception in thread "main" java.lang.IllegalStateException: x
\tat com.app.Main.run(Main.java:3)
Caused by: java.io.IOException: y
\t... 3 more
next`)).toEqual([[1, 6], [7, 10], [11, 11]]);
});

/** First and last line of each record. */
function framed(text: string): [number, number][] {
  const records: LogRecord[] = [];
  const none = () => {};
  const sink = { log: (r: LogRecord) => records.push(r), span: none, otelLog: none, exchange: none, drop: none, note: none };
  const reader = openText("x", sink, null, null);
  const bytes = new TextEncoder().encode(text.replace(/^\n/, ""));
  reader.push(bytes);
  reader.end();
  return records.map(({ line, byteOffset, byteLength }) => {
    const body = bytes.subarray(byteOffset, byteOffset + byteLength);
    const feeds = body.filter((byte) => byte === 10).length;
    return [line, line + feeds - (body.at(-1) === 10 ? 1 : 0)];
  });
}
