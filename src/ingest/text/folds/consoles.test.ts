import { expect, test } from "vitest";
import { framed } from "./testdata/framed.ts";

test("reads rich's log records with padded lines between", () => {
  const pad = (text: string) => text.padEnd(80);
  expect(
    framed(
      [
        "[11/24/26 12:29:37] INFO     offering 1 tools: measure              common.py:50",
        pad("                    ERROR    tool measure failed: 'n/a' is not of   common.py:67"),
        pad("                             type 'number'"),
        pad(""),
        pad("                             On instance['temperature']:"),
        pad("                    INFO     next                                   common.py:58"),
      ].join("\n"),
    ),
  ).toEqual([
    [1, 1],
    [2, 5],
    [6, 6],
  ]);
});

test("reads AutoGen's console: lists on one line, texts up to the next record", () => {
  expect(
    framed(`
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
`),
  ).toEqual([
    [1, 4],
    [5, 5],
    [6, 8],
    [9, 9],
    [10, 11],
  ]);
});

test("reads AG2's console: calls with their speaker, executions with their output", () => {
  expect(
    framed(`
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
Next speaker: clerk`),
  ).toEqual([
    [1, 13],
    [15, 21],
    [22, 26],
    [27, 27],
  ]);
});

test("reads LangChain's printed messages and smolagents' observations", () => {
  expect(
    framed(`
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
`),
  ).toEqual([
    [1, 8],
    [9, 12],
  ]);
  expect(framed("Observations: a\nb\n\nc\n[Step 1: Duration 0.1 seconds]")).toEqual([
    [1, 4],
    [5, 5],
  ]);
});
