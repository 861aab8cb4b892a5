import { expect, test } from "vitest";
import { framed } from "./testdata/framed.ts";

test("reads what console.error prints of a JavaScript error", () => {
  expect(
    framed(`
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
next`),
  ).toEqual([
    [1, 1],
    [2, 13],
    [14, 14],
  ]);
});

test("takes the lines of a JavaScript error's message where a stack follows, and only there", () => {
  const message = `AI_InvalidToolInputError: Invalid input for tool weather: Type validation failed: Value: {"city":1}.
Error message: [
  {
    "code": "invalid_type",
    "path": ["city"]
  }
]`;
  expect(framed(`${message}\n    at run (/app/x.js:1:2)\nnext`)).toEqual([
    [1, 8],
    [9, 9],
  ]);
  expect(framed(`${message}\nnext`)).toEqual([
    [1, 1],
    [2, 7],
    [8, 8],
  ]);
  expect(framed("Error: one\nprinted between\nError: two\n    at run (/app/x.js:1:2)")).toEqual([
    [1, 1],
    [2, 2],
    [3, 4],
  ]);
});

test("reads an exception that Node did not catch", () => {
  expect(
    framed(`
bye
node:internal/modules/run_main:107
    triggerUncaughtException(
    ^

APICallError [AI_APICallError]: Invalid schema for function 'file_claim'
    at file:///app/index.js:4192:11 {
  statusCode: 400
}

Node.js v24.11.1`).slice(0, 2),
  ).toEqual([
    [1, 1],
    [2, 9],
  ]);
});

test("reads JSON bodies up to their closing line", () => {
  expect(
    framed(`
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
done`),
  ).toEqual([
    [1, 6],
    [7, 9],
    [10, 12],
    [13, 13],
  ]);
});

test("reads a Go panic and a Java stack", () => {
  expect(
    framed(`
panic: runtime error: index out of range

goroutine 1 [running]:
main.run(...)
\t/app/main.go:7 +0x1b
exit status 2
Exception in thread "main" java.lang.IllegalStateException: x
\tat com.app.Main.run(Main.java:3)
Caused by: java.io.IOException: y
\t... 3 more
next`),
  ).toEqual([
    [1, 6],
    [7, 10],
    [11, 11],
  ]);
});
