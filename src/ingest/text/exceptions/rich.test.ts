import { describe, expect, it } from "vitest";
import { unwrap } from "../envelopes/unwrap.ts";
import { parseExceptions } from "./parse.ts";

const read = (text: string) =>
  parseExceptions(text).map((found) => {
    expect(text.slice(found.start, found.end).startsWith(found.type)).toBe(true);
    const frames = found.frames.map((frame) => `${frame.file}:${frame.line} ${frame.func}${frame.user ? "*" : ""}`);
    return [found.depth, found.relation, found.type, found.message, ...frames];
  });

/** A RichHandler's record at 80 columns (openai-agents, paths as long as they were). */
const HANDLER = `           ERROR    triage of CLM-1 failed                             run.py:28
                    ╭────── Traceback (most recent call last) ───────╮          
                    │ /opt/claims-service/venv/lib/python3.11/site-p │          
                    │ ackages/agents/util/_json.py:21 in             │          
                    │ validate_json                                  │          
                    │                                                │          
                    │   18 │   │   "trailing-strings" if partial els │          
                    │ ❱ 21 │   │   validated = type_adapter.validate │          
                    │      experimental_allow_partial=partial_settin │          
                    │                                                │          
                    │ ╭──── locals ─────╮                            │          
                    │ │ partial = False │                            │          
                    │ ╰─────────────────╯                            │          
                    ╰────────────────────────────────────────────────╯          
                    ValidationError: 2 validation errors for Triage             
                    priority                                                    
                      Input should be 'low', 'normal' or 'high'                 
                    [type=literal_error, input_value='super urgent',            
                    input_type=str]                                             
                        For further information visit                           
                    https://errors.pydantic.dev/2.14/v/literal_error            
                                                                                
                    The above exception was the direct cause of the             
                    following exception:                                        
                                                                                
                    ╭────── Traceback (most recent call last) ───────╮          
                    │ /opt/claims-service/run.py:26 in main          │          
                    │                                                │          
                    │ ❱ 26 │   │   print((await Runner.run(agent, "T │          
                    ╰────────────────────────────────────────────────╯          
                    ModelBehaviorError: Invalid JSON when parsing               
                    {"claim_id": "CLM-1", "priority": "super urgent"}           
                    for TypeAdapter(Triage)                                     `;

const VALIDATION = `2 validation errors for Triage
priority
  Input should be 'low', 'normal' or 'high' [type=literal_error, input_value='super urgent', input_type=str]
    For further information visit https://errors.pydantic.dev/2.14/v/literal_error`;

const EXPECTED = [
  [
    1,
    "cause",
    "ValidationError",
    VALIDATION,
    "/opt/claims-service/venv/lib/python3.11/site-packages/agents/util/_json.py:21 validate_json",
  ],
  [
    0,
    "raised",
    "ModelBehaviorError",
    'Invalid JSON when parsing {"claim_id": "CLM-1", "priority": "super urgent"} for TypeAdapter(Triage)',
    "/opt/claims-service/run.py:26 main*",
  ],
];

describe("tracebacks that rich drew", () => {
  it("reads them in the column of a RichHandler, wrapped lines joined", () => {
    const record = unwrap(HANDLER);
    expect(record).toMatchObject({ level: "error", envelopes: ["rich"] });
    expect(record.text.split("\n")[0]).toBe("triage of CLM-1 failed");
    expect(record.lineOf).toHaveLength(record.text.split("\n").length);
    expect(read(record.text)).toEqual(EXPECTED);
  });

  it("reads them with the handler's columns still there", () => {
    expect(read(HANDLER)).toEqual(EXPECTED);
  });

  it("reads a box too narrow for its title", () => {
    const text = `╭─ Traceback (most recent ─╮
│ /app/venv/lib/python3.11 │
│ /site-packages/anyio/str │
│ eams/memory.py:141 in    │
│ receive                  │
│                          │
│ ❱ 141 │   │   │   │   │  │
╰──────────────────────────╯
ClosedResourceError`;
    expect(read(text)).toEqual([
      [
        0,
        "raised",
        "ClosedResourceError",
        "",
        "/app/venv/lib/python3.11/site-packages/anyio/streams/memory.py:141 receive",
      ],
    ]);
  });

  it("reads the panels of a group, one in the other", () => {
    const text = `╭───────────── Traceback (most recent call last) ──────────────╮
│ /app/gen.py:14 in group                                      │
│                                                              │
│ ❱ 14 │   g=ExceptionGroup("unhandled errors in a TaskGroup", │
╰──────────────────────────────────────────────────────────────╯
ExceptionGroup: unhandled errors in a TaskGroup (2 
sub-exceptions)

╭────────────────────── Sub-exception #1 ──────────────────────╮
│ ExceptionGroup: inner (1 sub-exception)                      │
│                                                              │
│ ╭──────────────────── Sub-exception #1 ────────────────────╮ │
│ │ ╭───────── Traceback (most recent call last) ──────────╮ │ │
│ │ │ /app/gen.py:4 in tool                                │ │ │
│ │ │                                                      │ │ │
│ │ │ ❱  4 def tool(order_id): return {}["A"]              │ │ │
│ │ ╰──────────────────────────────────────────────────────╯ │ │
│ │ KeyError: 'A'                                            │ │
│ ╰──────────────────────────────────────────────────────────╯ │
╰──────────────────────────────────────────────────────────────╯

╭────────────────────── Sub-exception #2 ──────────────────────╮
│ ╭─────────── Traceback (most recent call last) ────────────╮ │
│ │ /app/gen.py:7 in wrap                                    │ │
│ ╰──────────────────────────────────────────────────────────╯ │
│ ValueError: order not found                                  │
│ second line                                                  │
╰──────────────────────────────────────────────────────────────╯
`;
    expect(read(text)).toEqual([
      [0, "raised", "ExceptionGroup", "unhandled errors in a TaskGroup (2 sub-exceptions)", "/app/gen.py:14 group*"],
      [1, "group-member", "ExceptionGroup", "inner (1 sub-exception)"],
      [2, "group-member", "KeyError", "'A'", "/app/gen.py:4 tool*"],
      [1, "group-member", "ValueError", "order not found\nsecond line", "/app/gen.py:7 wrap*"],
    ]);
  });
});
