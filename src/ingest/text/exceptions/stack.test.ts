import { describe, expect, it } from "vitest";
import { frameworksIn, parseExceptions } from "./parse.ts";

const read = (text: string) =>
  parseExceptions(text).map((found) => {
    expect(text.slice(found.start, found.end).startsWith(found.type)).toBe(true);
    const frames = found.frames.map((frame) => `${frame.func}:${frame.line}${frame.user ? "*" : ""}`).join(" ");
    return [
      found.depth,
      found.relation,
      found.code === undefined ? found.type : `${found.type} [${found.code}]`,
      found.message,
      frames,
    ];
  });

describe("JavaScript stacks", () => {
  it("reads causes that stand among the properties of a logged object", () => {
    const text = `Tool failed: {
  type: 'tool-error',
  toolCallId: 'call_1',
  input: { vehicle: 'VW Golf', damage: 'rear door' },
  error: Error: repair estimate failed
      at Object.execute (file:///home/app/src/run.mjs:16:13)
      ... 6 lines matching cause stack trace ...
      at executeTool (file:///home/app/node_modules/ai/dist/index.js:4661:17) {
    [cause]: TypeError: Cannot read properties of undefined (reading 'hours')
        at hoursFor (file:///home/app/src/run.mjs:7:25)
        at executeTool.next (<anonymous>)
        at AsyncLocalStorage.run (node:internal/async_local_storage/async_context_frame:65:14)
  },
  dynamic: false
}`;
    expect(read(text)).toEqual([
      [0, "raised", "Error", "repair estimate failed", "Object.execute:16* executeTool:4661"],
      [
        1,
        "cause",
        "TypeError",
        "Cannot read properties of undefined (reading 'hours')",
        "hoursFor:7* executeTool.next:null AsyncLocalStorage.run:65",
      ],
    ]);
  });

  it("reads the errors of a retry, the last one, and its cause", () => {
    const text = `RetryError [AI_RetryError]: Failed after 2 attempts. Last error: AI_APICallError: Cannot connect to API
    at createRetryError (file:///home/app/node_modules/ai/dist/index.js:2439:53)
    at async file:///home/app/src/run.mjs:7:3 {
  cause: undefined,
  reason: 'maxRetriesExceeded',
  errors: [
    APICallError [AI_APICallError]: Cannot connect to API
        at handleFetchError (file:///home/app/node_modules/@ai-sdk/provider-utils/dist/index.js:595:29) {
      cause: [Error],
      url: 'http://127.0.0.1:47113/v1/chat/completions',
      Symbol(vercel.ai.error): true
    },
    APICallError [AI_APICallError]: Cannot connect to API
        at handleFetchError (file:///home/app/node_modules/@ai-sdk/provider-utils/dist/index.js:595:29) {
      cause: [Error],
      statusCode: undefined
    }
  ],
  lastError: APICallError [AI_APICallError]: Cannot connect to API
      at handleFetchError (file:///home/app/node_modules/@ai-sdk/provider-utils/dist/index.js:595:29) {
    cause: Error: connect ECONNREFUSED 127.0.0.1:47113
        at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1637:16) {
      errno: -111,
      code: 'ECONNREFUSED',
      syscall: 'connect'
    },
    statusCode: undefined
  }
}`;
    expect(read(text).map((row) => row.slice(0, 4))).toEqual([
      [
        0,
        "raised",
        "RetryError [AI_RetryError]",
        "Failed after 2 attempts. Last error: AI_APICallError: Cannot connect to API",
      ],
      [1, "group-member", "APICallError [AI_APICallError]", "Cannot connect to API"],
      [1, "group-member", "APICallError [AI_APICallError]", "Cannot connect to API"],
      [1, "cause", "APICallError [AI_APICallError]", "Cannot connect to API"],
      [2, "cause", "Error [ECONNREFUSED]", "connect ECONNREFUSED 127.0.0.1:47113"],
    ]);
    expect(frameworksIn(parseExceptions(text))).toEqual([{ name: "ai-sdk" }]);
  });

  it("reads an aggregate with causes in its members", () => {
    const text = `AggregateError: all failed
    at file:///app/run.mjs:9:55 {
  [errors]: [
    BadRequestError: 400 tool failed
        at mk (file:///app/run.mjs:3:55) {
      status: 400,
      code: 'context_length_exceeded',
      [cause]: TypeError: Cannot read properties of null (reading 'amount')
          at mk (file:///app/run.mjs:3:27)
    },
    TypeError: x
        at file:///app/run.mjs:9:80,
    [Error: no stack]
  ]
}`;
    expect(read(text).map((row) => row.slice(0, 4))).toEqual([
      [0, "raised", "AggregateError", "all failed"],
      [1, "group-member", "BadRequestError [context_length_exceeded]", "400 tool failed"],
      [2, "cause", "TypeError", "Cannot read properties of null (reading 'amount')"],
      [1, "group-member", "TypeError", "x"],
      [1, "group-member", "Error", "no stack"],
    ]);
  });

  it("reads the uncaught form, and pino's causes", () => {
    const text = `file:///app/gen.mjs:3
const mk=()=>{ throw new Error("x") };
               ^

BadRequestError: 400 tool failed
    at mk (file:///app/gen.mjs:3:55)
caused by: TypeError: fetch failed
    at mk (file:///app/gen.mjs:3:27)
caused by: Error: connect ECONNREFUSED

Node.js v24.21.0`;
    expect(read(text).map((row) => row.slice(0, 4))).toEqual([
      [0, "raised", "BadRequestError", "400 tool failed"],
      [1, "cause", "TypeError", "fetch failed"],
      [2, "cause", "Error", "connect ECONNREFUSED"],
    ]);
  });

  it("reads a message of many lines", () => {
    const text = `ZodError: [
  {
    "expected": "string",
    "code": "invalid_type",
    "path": [
      "a"
    ],
    "message": "Invalid input: expected string, received undefined"
  }
]
    at file:///app/run.mjs:9:186`;
    const found = parseExceptions(text);
    expect(found).toHaveLength(1);
    expect(JSON.parse(found[0]!.message)).toHaveLength(1);
  });

  it("takes two errors one after the other for two", () => {
    const text = "Error: outer\n    at a (/app/a.js:1:2)\nfailed: BadRequestError: 400\n    at b (/app/b.js:1:2)";
    expect(read(text).map((row) => row.slice(0, 4))).toEqual([
      [0, "raised", "Error", "outer"],
      [0, "raised", "BadRequestError", "400"],
    ]);
  });

  it.each([
    "look at (this: 1:2)",
    "    at least 3 of them",
    "Note: at 10:30 we met",
    "error: something",
    "[Errno 2] No such file",
  ])("finds none in: %s", (text) => {
    expect(parseExceptions(text)).toEqual([]);
  });

  it("is bounded", () => {
    const started = performance.now();
    for (const text of [
      "Error: x\n    at f (a.js:1:2)\ncaused by: ".repeat(5000),
      "caused by: Error: x\n".repeat(20_000),
      `Error: x\n    at f (a.js:1:2) {\n${"  [cause]: [Error: x]\n".repeat(10_000)}`,
      `    at ${"(".repeat(1e5)}`,
    ]) {
      parseExceptions(text);
    }
    expect(performance.now() - started).toBeLessThan(6000);
  });
});

describe("other languages", () => {
  it("reads Java's causes", () => {
    const text = `Exception in thread "main" dev.acme.ToolException: tool failed
	at dev.acme.Tools.run(Tools.java:12)
	at java.base/java.lang.Thread.run(Thread.java:840)
Caused by: java.lang.NullPointerException: claim is null
	at dev.acme.Tools.load(Tools.java:30)
	... 2 more`;
    expect(read(text)).toEqual([
      [
        0,
        "raised",
        "dev.acme.ToolException",
        "tool failed",
        "dev.acme.Tools.run:12* java.base/java.lang.Thread.run:840",
      ],
      [1, "cause", "java.lang.NullPointerException", "claim is null", "dev.acme.Tools.load:30*"],
    ]);
    expect(parseExceptions(text)[0]?.language).toBe("java");
  });

  it("reads Go's panics", () => {
    const text = `panic: runtime error: invalid memory address

goroutine 1 [running]:
main.run(0x0)
	/app/main.go:12 +0x1d
main.main()
	/app/main.go:7 +0x25
exit status 2`;
    expect(read(text)).toEqual([
      [0, "raised", "panic", "runtime error: invalid memory address", "main.run:12* main.main:7*"],
    ]);
  });

  it.each([
    ["KeyError: 'x'", "python", "KeyError", "'x'"],
    ["openai.BadRequestError: Error code: 400", "python", "openai.BadRequestError", "Error code: 400"],
    ["AI_NoSuchToolError: no tool", "javascript", "AI_NoSuchToolError", "no tool"],
    ["TypeError [ERR_INVALID_ARG_TYPE]: x", "javascript", "TypeError", "x"],
    ["TypeError: x", "unknown", "TypeError", "x"],
    ["[Error: no stack]", "unknown", "Error", "no stack"],
    ["MaxTurnsExceededError: Max turns (4) exceeded", "unknown", "MaxTurnsExceededError", "Max turns (4) exceeded"],
  ])("takes a lone %s for one", (text, language, type, message) => {
    expect(parseExceptions(text)).toMatchObject([
      { language, type, message, depth: 0, relation: "raised", frames: [] },
    ]);
  });
});

describe("frameworksIn", () => {
  const of = (...files: string[]) =>
    frameworksIn([
      {
        language: "python",
        type: "E",
        message: "",
        relation: "raised",
        depth: 0,
        start: 0,
        end: 0,
        frames: files.map((file) => ({ file, line: 1, func: null, user: false })),
      },
    ]);

  it.each([
    ["/v/lib/python3.11/site-packages/autogen_agentchat/teams/x.py", [{ name: "autogen" }]],
    ["/v/lib/python3.11/site-packages/google/adk/x.py", [{ name: "google-adk" }]],
    ["/v/lib/python3.11/site-packages/google/genai/x.py", []],
    ["C:\\app\\venv\\Lib\\site-packages\\crewai\\x.py", [{ name: "crewai" }]],
    ["file:///app/node_modules/@langchain/langgraph/dist/x.js", [{ name: "langchain-js" }]],
    [
      "/app/node_modules/.pnpm/ai@5.0.12_zod@4.1.0/node_modules/ai/dist/index.mjs",
      [{ name: "ai-sdk", version: "5.0.12" }],
    ],
    [
      "/app/node_modules/.pnpm/@openai+agents-core@0.20.0/node_modules/@openai/agents-core/dist/run.mjs",
      [{ name: "openai-agents-js", version: "0.20.0" }],
    ],
    ["/app/node_modules/zod/index.js", []],
    ["/app/src/agents/openai/x.py", []],
  ])("%s", (file, expected) => {
    expect(of(file)).toEqual(expected);
  });

  it("puts agent frameworks before SDKs", () => {
    const base = "/v/lib/python3.11/site-packages";
    expect(of(`${base}/openai/a.py`, `${base}/mcp/b.py`, `${base}/agents/c.py`).map(({ name }) => name)).toEqual([
      "openai-agents",
      "mcp",
      "openai",
    ]);
  });
});
