import { expect, test } from "vitest";
import { framed } from "./testdata/framed.ts";

test("folds a traceback into the header before it, and nothing of the next record", () => {
  expect(
    framed(`
2026-11-24 12:00:00,123 - app - ERROR - it failed
Traceback (most recent call last):
  File "/app/x.py", line 3, in run
    return tools[name]
           ~~~~~^^^^^^
KeyError: 'get_claim'
2026-11-24 12:00:00,124 - app - INFO - next`),
  ).toEqual([
    [1, 6],
    [7, 7],
  ]);
});

test("leaves a traceback to itself after JSON, a quiet header, or a console block", () => {
  const traceback = `Traceback (most recent call last):\n  File "/app/x.py", line 3, in run\nKeyError: 'x'`;
  for (const before of [
    '{"type": "LLMCall", "messages": []}',
    'INFO:httpx:HTTP Request: POST /v1 "HTTP/1.1 400 Bad Request"',
    "---------- TextMessage (user) ----------\nWhat is the state of C-1?",
  ]) {
    const lines = before.split("\n").length;
    expect(framed(`${before}\n${traceback}`)).toEqual([
      [1, lines],
      [lines + 1, lines + 3],
    ]);
  }
});

test("keeps a chain together, with markers, blank lines, notes and repeated frames", () => {
  expect(
    framed(`
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

the program's own words`),
  ).toEqual([
    [1, 15],
    [17, 17],
  ]);
});

test("keeps an exception group with its tree together", () => {
  expect(
    framed(`
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
done`).at(0),
  ).toEqual([1, 13]);
});

test("two tracebacks in a row are two records", () => {
  const one = `Traceback (most recent call last):\n  File "/app/x.py", line 3, in run\nKeyError: 'x'`;
  expect(framed(`${one}\n${one}\n\n${one}`)).toEqual([
    [1, 3],
    [4, 6],
    [8, 10],
  ]);
});

test("reads AutoGen's traceback within a traceback, with its blank lines", () => {
  expect(
    framed(`
Traceback (most recent call last):
  File "/app/run.py", line 5, in main
RuntimeError: AssertionError:
Traceback:
Traceback (most recent call last):

  File "/app/manager.py", line 165, in handle
    speaker = await future
              ^^^^^^^^^^^^

AssertionError
`),
  ).toEqual([[1, 11]]);
});

test("reads loguru's tracebacks with blank lines, values and the catching frame", () => {
  expect(
    framed(`
2026-11-24 12:00:00.123 | ERROR    | __main__:<module>:12 - it failed
Traceback (most recent call last):

> File "/app/x.py", line 12, in <module>
    run(0)
    \u2514 <function run at 0x7f>

  File "/app/x.py", line 3, in run
    return 1 / x
               \u2514 0

ZeroDivisionError: division by zero
2026-11-24 12:00:00.124 | INFO     | __main__:<module>:13 - next`),
  ).toEqual([
    [1, 12],
    [13, 13],
  ]);
});

test("reads rich's boxes, chained, with the exception after the box", () => {
  const box = (title: string) =>
    `\u256d\u2500\u2500\u2500 ${title} \u2500\u2500\u2500\u256e\n\u2502 /app/x.py:3 in run \u2502\n\u2502 \u2771 3 fail() \u2502\n\u2570\u2500\u2500\u2500\u2500\u2500\u2500\u256f`;
  const traceback = box("Traceback (most recent call last)");
  expect(
    framed(
      `${traceback}\nKeyError: 'x'\n\nDuring handling of the above exception, another exception occurred:\n\n${traceback}\nToolError: a\nlong message\n\nnext`,
    ),
  ).toEqual([
    [1, 14],
    [16, 16],
  ]);
  const panel = box("Tool Error (#1)");
  expect(framed(`${panel}\n\n${panel}\n${panel}\ntext`)).toEqual([
    [1, 4],
    [6, 9],
    [10, 13],
    [14, 14],
  ]);
});

test("reads pydantic's list behind a log header or a traceback", () => {
  const list = `2 validation errors for ClaimArgs
claim_id
  Field required [type=missing, input_value={}, input_type=dict]
    For further information visit https://errors.pydantic.dev/2.13/v/missing
amount
  Input should be a valid number [type=float_type, input_value='x', input_type=str]
    For further information visit https://errors.pydantic.dev/2.13/v/float_type`;
  expect(framed(`ERROR:app:refused: ${list}\nnext`)).toEqual([
    [1, 7],
    [8, 8],
  ]);
  expect(
    framed(
      `Traceback (most recent call last):\n  File "/app/x.py", line 3, in run\npydantic_core.ValidationError: ${list}`,
    ),
  ).toEqual([[1, 9]]);
});
