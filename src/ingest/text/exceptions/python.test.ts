import { describe, expect, it } from "vitest";
import { parseExceptions } from "./parse.ts";

/** Depth, relation, type, first line of the message, frames (those of the user with a star). */
const read = (text: string) =>
  parseExceptions(text).map((found) => {
    expect(text.slice(found.start, found.end).startsWith(found.type)).toBe(true);
    const frames = found.frames.map((frame) => `${frame.func}:${frame.line}${frame.user ? "*" : ""}`).join(" ");
    return [found.depth, found.relation, found.type, found.message, frames];
  });

const CHAIN = `Error processing publish message for weather_agent
Traceback (most recent call last):
  File "/home/app/.venv/lib/python3.11/site-packages/httpcore/_exceptions.py", line 14, in map_exceptions
    raise to_exc(exc) from exc
httpcore.RemoteProtocolError: peer closed connection (incomplete chunked read)

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/home/app/src/run.py", line 133, in main
    return await h(self, message, ctx)
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^
  [Previous line repeated 3 more times]
  File "/usr/local/lib/python3.11/contextlib.py", line 158, in __exit__
    self.gen.throw(typ, value, traceback)
httpx.RemoteProtocolError: peer closed connection (incomplete chunked read)`;

describe("Python tracebacks", () => {
  it("reads a chain: the last was raised, the first is the root", () => {
    expect(read(CHAIN)).toEqual([
      [
        1,
        "cause",
        "httpcore.RemoteProtocolError",
        "peer closed connection (incomplete chunked read)",
        "map_exceptions:14",
      ],
      [
        0,
        "raised",
        "httpx.RemoteProtocolError",
        "peer closed connection (incomplete chunked read)",
        "main:133* __exit__:158",
      ],
    ]);
  });

  it("reads contexts, empty messages and messages of many lines", () => {
    const text = `Traceback (most recent call last):
  File "a.py", line 1, in f
    assert x
AssertionError

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "a.py", line 3, in g
    validate(x)
pydantic_core._pydantic_core.ValidationError: 1 validation error for get_claimargs
claim_id
  Field required [type=missing, input_value={'claimId': 1}, input_type=dict]
    For further information visit https://errors.pydantic.dev/2.14/v/missing`;
    const found = read(text);
    expect(found[0]).toEqual([1, "context", "AssertionError", "", "f:1*"]);
    expect(found[1]![3]).toBe(text.slice(text.indexOf("1 validation error")));
  });

  it("reads groups within groups, a line of a message without bars among them", () => {
    const text = `  + Exception Group Traceback (most recent call last):
  |   File "/app/run.py", line 72, in <module>
  |     main()
  | ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)
  | a note
  +-+---------------- 1 ----------------
    | ExceptionGroup: inner (1 sub-exception)
    +-+---------------- 1 ----------------
      | Traceback (most recent call last):
      |   File "/app/run.py", line 4, in tool
      |     return {}["A"]
      | KeyError: 'A'
      +------------------------------------
    +---------------- 2 ----------------
    | Traceback (most recent call last):
    |   File "/app/run.py", line 6, in wrap
    |     tool(1)
    | KeyError: 'A'
    | 
    | The above exception was the direct cause of the following exception:
    | 
    | Traceback (most recent call last):
    |   File "/app/run.py", line 7, in wrap
    |     raise ValueError("order not found\\nsecond line") from e
    | ValueError: order not found
second line
    +------------------------------------
next: nothing of it`;
    expect(read(text)).toEqual([
      [0, "raised", "ExceptionGroup", "unhandled errors in a TaskGroup (2 sub-exceptions)\na note", "<module>:72*"],
      [1, "group-member", "ExceptionGroup", "inner (1 sub-exception)", ""],
      [2, "group-member", "KeyError", "'A'", "tool:4*"],
      [2, "cause", "KeyError", "'A'", "wrap:6*"],
      [1, "group-member", "ValueError", "order not found\nsecond line", "wrap:7*"],
    ]);
  });

  it("reads a group that has no traceback of its own", () => {
    const text = `  | ExceptionGroup: x (1 sub-exception)
  +-+---------------- 1 ----------------
    | ValueError: a
    +------------------------------------`;
    expect(read(text)).toEqual([
      [0, "raised", "ExceptionGroup", "x (1 sub-exception)", ""],
      [1, "group-member", "ValueError", "a", ""],
    ]);
  });

  it("reads the traceback that AutoGen prints inside a message as its cause", () => {
    const text = `Traceback (most recent call last):
  File "/home/app/.venv/lib/python3.11/site-packages/autogen_agentchat/teams/_group_chat/_base_group_chat.py", line 554, in run_stream
    raise RuntimeError(str(message.error))
RuntimeError: BadRequestError: Error code: 400 - {'error': {}}
Traceback:
Traceback (most recent call last):

  File "/home/app/src/tools.py", line 9, in create
    response = await self._client.create(

openai.BadRequestError: Error code: 400 - {'error': {}}
`;
    expect(read(text)).toEqual([
      [0, "raised", "RuntimeError", "BadRequestError: Error code: 400 - {'error': {}}\nTraceback:", "run_stream:554"],
      [1, "cause", "openai.BadRequestError", "Error code: 400 - {'error': {}}", "create:9*"],
    ]);
  });

  it("keeps two tracebacks apart that have no sentence between them", () => {
    const one = 'Traceback (most recent call last):\n  File "a.py", line 1, in f\nKeyError: 1';
    expect(read(`${one}\n${one}`).map(([depth]) => depth)).toEqual([0, 0]);
  });

  it("reads loguru's decorations", () => {
    const text = `boom
Traceback (most recent call last):

> File "/app/gen.py", line 40, in <module>
    try: wrap()
         └ <function wrap at 0x7f0a8393a660>

  File "/app/gen.py", line 4, in tool
    def tool(order_id): return {}["A"]
        │    └ 1
        └ <function tool at 0x7f0a838cdbc0>

KeyError: 'A'`;
    expect(read(text)).toEqual([[0, "raised", "KeyError", "'A'", "<module>:40* tool:4*"]]);
  });

  it("reads a traceback that is indented, and one of a syntax error", () => {
    const text = `   Traceback (most recent call last):
     File "/app/a.py", line 1
       def f(:
             ^
   SyntaxError: invalid syntax`;
    expect(read(text)).toEqual([[0, "raised", "SyntaxError", "invalid syntax", "null:1*"]]);
  });

  it("reads a notebook's", () => {
    const text = `---------------------------------------------------------------------------
KeyError                                  Traceback (most recent call last)
Cell In[3], line 1
----> 1 get_claim("x")

File /app/tools.py:12, in get_claim(claim_id)
     11 def get_claim(claim_id):
---> 12     return CLAIMS[claim_id]

KeyError: 'x'`;
    expect(read(text)).toEqual([[0, "raised", "KeyError", "'x'", "null:1* get_claim(claim_id):12*"]]);
  });

  it("reads the traceback of another process", () => {
    const text = `concurrent.futures.process._RemoteTraceback: 
"""
Traceback (most recent call last):
  File "/app/work.py", line 9, in work
    return CLAIMS[name]
KeyError: 'x'
"""

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/app/run.py", line 3, in main
    pool.submit(work).result()
KeyError: 'x'`;
    expect(read(text)).toEqual([
      [1, "cause", "KeyError", "'x'", "work:9*"],
      [0, "raised", "KeyError", "'x'", "main:3*"],
    ]);
  });

  it("ends a message at the next record", () => {
    const text =
      'Traceback (most recent call last):\n  File "a.py", line 1, in f\nKeyError: 1\n2026-11-24 12:18:21,376 - httpx - INFO - x';
    expect(read(text)[0]![3]).toBe("1");
  });

  it("is bounded", () => {
    const one = 'Traceback (most recent call last):\n  File "a.py", line 1, in f\nValueError: x:\n';
    const group =
      "  + Exception Group Traceback (most recent call last):\n  | E: x\n  +-+---------------- 1 ----------------\n";
    const started = performance.now();
    for (const text of [
      one.repeat(5000),
      group.repeat(5000),
      "  | a: b\n".repeat(20_000),
      "╭─ Traceback (most recent call last) ─╮\n".repeat(5000),
    ]) {
      parseExceptions(text);
    }
    expect(performance.now() - started).toBeLessThan(6000);
  });
});
