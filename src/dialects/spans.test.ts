import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Emit } from "../records/dialect.ts";
import type { Span } from "../records/records.ts";
import { linesOf, readBytes, readSpan } from "./testdata/said.ts";

function span(name: string, attributes: Record<string, unknown>, known: Partial<Span> = {}): Span {
  return {
    traceId: "5982fe77008310cc80f1da5e10147538",
    spanId: "90394f6bcffb5d13",
    parentSpanId: "aaaaaaaaaaaaaaaa",
    name,
    kind: "internal",
    startNs: 1n,
    endNs: 3n,
    status: { code: "unset", message: null },
    attributes,
    events: [],
    links: [],
    dropped: { attributes: 0, events: 0, links: 0 },
    scope: { name: "", version: null, attributes: {} },
    resource: {},
    source: "s",
    line: 1,
    ...known,
  };
}

/** The facts and texts of spans that come in this order, with the dialect of each. */
function say(...spans: Span[]): { dialects: string; lines: string[]; texts: string[]; notes: string[] } {
  const said = { facts: [] as never[], texts: [] as never[], notes: [] as string[], dialects: new Set<string>() };
  const emit: Emit = {
    fact: (fact) => void said.facts.push(fact as never),
    text: (text) => void said.texts.push(text as never),
    note: (note) => void said.notes.push(note),
  };
  const dialects = spans.map((each) => readSpan(each, emit)).join(" ");
  return {
    dialects,
    lines: linesOf(said),
    texts: said.texts.map(
      ({ place, text, tool, callId }: { place: string; text: string; tool: string; callId: string }) =>
        `${place} ${tool} ${callId}: ${text}`,
    ),
    notes: said.notes,
  };
}

const ARGS = '{"claimId": "C-1"}';
const exception = (type: string, message: string): Partial<Span> => ({
  status: { code: "error", message },
  events: [{ timeNs: 2n, name: "exception", attributes: { "exception.type": type, "exception.message": message } }],
});

/** One span of each dialect that no capture has, and what it says. */
const SPANS = JSON.parse(readFileSync(new URL("testdata/spans.json", import.meta.url), "utf8")) as {
  title: string;
  span: Partial<Span> & Pick<Span, "name" | "attributes">;
  dialect: string;
  lines: string[];
}[];

describe("dialects that no capture has", () => {
  test.each(SPANS)("$title", ({ span: { name, attributes, ...known }, dialect, lines }) => {
    expect(say(span(name, attributes, known))).toMatchObject({ dialects: dialect, lines });
  });
});

describe("failures", () => {
  test("the same exception twice on a span is one text, with the tool and the call", () => {
    const twice = exception("KeyError", "'C-1'");
    const tool = span(
      "execute_tool f",
      { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "f", "gen_ai.tool.call.id": "c1" },
      { ...twice, events: [...(twice.events ?? []), ...(twice.events ?? [])] },
    );
    expect(say(tool)).toMatchObject({
      lines: ["executed c1 f null failed KeyError"],
      texts: ["exception f c1: KeyError: 'C-1'"],
    });
  });

  test("control flow is no failure, a cancelled call is cancelled", () => {
    const tool = (known: Partial<Span>): Span =>
      span("execute_tool f", { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "f" }, known);
    expect(say(tool(exception("langgraph.errors.GraphInterrupt", "x"))).lines).toEqual(["executed null f null ok"]);
    expect(say(tool(exception("AbortError", "The operation was aborted"))).lines).toEqual([
      "executed null f null cancelled AbortError",
    ]);
    expect(say(tool(exception("TimeoutError", "The operation was aborted due to timeout"))).lines).toEqual([
      "executed null f null failed TimeoutError",
    ]);
  });

  test("a model's refusal: status, code and parameter out of the client's words; what came before it is not an answer", () => {
    const words =
      "Error code: 400 - {'error': {'message': 'bad', 'type': 'invalid_request_error', 'param': 'tools[0]', 'code': 'invalid_function_parameters'}}";
    const chat = span(
      "chat m",
      {
        "gen_ai.operation.name": "chat",
        "gen_ai.output.messages": '[{"role":"assistant","parts":[{"type":"text","content":"half"}]}]',
      },
      exception("openai.BadRequestError", words),
    );
    expect(say(chat).lines).toEqual([
      `model-failed 400 invalid_function_parameters ${JSON.stringify(`${words.slice(0, 48)}…`)}`,
    ]);
    expect(say(chat).texts).toEqual([`model-error null null: openai.BadRequestError: ${words}`]);
  });

  test("LangSmith's exceptions: the real type is in the message, before the traceback", () => {
    const tool = span(
      "f",
      { "langsmith.span.kind": "tool", "gen_ai.prompt": ARGS, "gen_ai.completion": "{}" },
      exception(
        "Exception",
        "KeyError('AT')Traceback (most recent call last):\n\n\n  File \"a.py\", line 1, in f\n\n\nKeyError: 'AT'",
      ),
    );
    expect(say(tool)).toMatchObject({
      lines: [`executed null f ${ARGS} failed KeyError`],
      texts: [
        "exception f null: KeyError('AT')\nTraceback (most recent call last):\n  File \"a.py\", line 1, in f\nKeyError: 'AT'",
      ],
    });
  });

  test("a plain span's exception out of a model's client shows that there is an agent", () => {
    const texts = (type: string, stack: string) => {
      const given = span("POST /chat", {}, { ...exception(type, "429 Rate limit"), spanId: "1111111111111111" });
      given.events[0]!.attributes["exception.stacktrace"] = stack;
      return say(given).texts.length;
    };
    expect(
      texts("Error", "Error: 429\n    at APIError.generate (file:///app/node_modules/openai/core/error.mjs:40:1)"),
    ).toBe(1);
    expect(texts("openai.RateLimitError", "")).toBe(1);
    expect(texts("RateLimitError", '  File "/venv/lib/python3.12/site-packages/openai/_base_client.py", line 1')).toBe(
      1,
    );
    expect(texts("Error", "Error: 429\n    at ai (file:///app/node_modules/aigle/index.js:1:1)")).toBe(0);
    expect(texts("agentsmith.Error", "at com.acme.openai.Client.call(Client.java:1)")).toBe(0);
  });

  test("what fails in an HTTP client below a model's span is the model's endpoint", () => {
    const known = { ...exception("httpx.ReadError", "broken"), spanId: "1111111111111111" };
    const tool = span("execute_tool f", { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "f" });
    const to = (url: string) => say(span("POST", { "http.url": url }, known), tool).texts;
    expect(to("http://h/v1/chat/completions?x=1")).toEqual(["model-error null null: httpx.ReadError: broken"]);
    expect(to("http://h/orders")).toEqual(["exception null null: httpx.ReadError: broken"]);
  });

  test("a plain span's exception counts once its trace has an agent, in any order", () => {
    const plain = span("POST /chat", {}, { ...exception("ValueError", "bad"), spanId: "1111111111111111" });
    const tool = span("execute_tool f", { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "f" });
    expect(say(plain).texts).toEqual([]);
    expect(say(plain, tool).texts).toEqual(["exception null null: ValueError: bad"]);
    expect(say(tool, plain).texts).toEqual(["exception null null: ValueError: bad"]);
    expect(say(plain, { ...tool, traceId: "ffffffffffffffffffffffffffffffff" }).texts).toEqual([]);
  });
});

test("an attribute that looks like a call, and that nobody reads, is noted once", () => {
  const odd = span("work", { "acme.tool_call.json": "{}" });
  expect(say(odd, odd).notes).toEqual([
    'span "work" of an unnamed tracer: attribute acme.tool_call.json looks like a tool call, and no dialect reads it',
  ]);
});

test("hostile attributes: no throw, no pollution, bounded", () => {
  const hostile: Record<string, unknown> = {
    "openinference.span.kind": "LLM",
    "llm.input_messages.4294967295.message.role": "user",
    "llm.input_messages.__proto__.x": 1,
    "llm.output_messages.0.message.tool_calls.0.tool_call.function.name": { a: 1 },
    "input.value": "{".repeat(9999),
    "gen_ai.input.messages": 7,
    events: "[[[[",
  };
  hostile[`llm.input_messages${".0".repeat(5000)}`] = "deep";
  expect(say(span("x", hostile)).dialects).toBe("openinference");
  for (const key of [
    "gen_ai.operation.name",
    "langsmith.span.kind",
    "mastra.span.type",
    "mlflow.spanType",
    "traceloop.span.kind",
    "ai.operationId",
  ]) {
    for (const value of [null, 7, [], {}, "tool", "llm", "\u0000", "__proto__"])
      expect(
        say(span("x", { [key]: value, "input.value": value, "output.value": value, "gen_ai.prompt": value })).notes,
      ).toEqual([]);
  }
  expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
});

test("console dumps, Jaeger and Zipkin say what OTLP says", () => {
  expect(linesOf(readBytes(readFileSync(new URL("../ingest/testdata/console-python.txt", import.meta.url))))).toEqual([
    'executed call_1 get_claim {"claimId": "C-1"} failed KeyError',
  ]);
  expect(linesOf(readBytes(readFileSync(new URL("../ingest/testdata/console-js.txt", import.meta.url))))).toEqual([
    'executed call_1 get_claim {"claimId":"CL-1"} failed Error',
    "run ok",
  ]);
  expect(linesOf(readBytes(readFileSync(new URL("../ingest/testdata/zipkin.json", import.meta.url))))).toEqual([
    'executed call_1 get_claim {"claimId":"CL-1"} failed null',
  ]);
});
