import {
  answer,
  BAD_SCHEMA,
  calls,
  chunk,
  END,
  head,
  more,
  pieces,
  RATE_LIMIT,
  TIME,
  USAGE,
  WEATHER,
  type Call,
} from "./replies.ts";
import type { Reply } from "./server.ts";

/** The clients of all versions, as far as the lab uses them. */
export interface ChatClient {
  chat: {
    completions: {
      create(body: unknown, options?: unknown): PromiseLike<unknown>;
      runTools(body: unknown, options?: unknown): { done(): Promise<unknown>; finalContent(): Promise<unknown> };
    };
  };
}

/** A fault on the wire, what the application does, and the root cause that misfire must name (null: nothing failed). */
export interface LabCase {
  id: string;
  title: string;
  script: readonly Reply[];
  act(client: ChatClient): Promise<unknown>;
  /** The error that the application itself sees, by class name. */
  throws?: string;
  cause: string | null;
  /** The spans, oldest first: exactly these, with these attributes and events among theirs. */
  spans: readonly Expected[];
}

export interface Expected {
  name: string;
  status: "unset" | "error";
  attributes?: Record<string, unknown>;
  events?: readonly { name: string; attributes?: Record<string, unknown> }[];
}

export const TOOLS = [
  {
    type: "function",
    function: {
      name: "get_weather",
      description: "The weather of a city",
      parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
    },
  },
  {
    type: "function",
    function: {
      name: "get_time",
      description: "The time of a zone",
      parameters: { type: "object", properties: { zone: { type: "string" } }, required: ["zone"] },
    },
  },
];
export const BODY = { model: "gpt-4.1-mini", messages: [{ role: "user", content: "Weather and time?" }], tools: TOOLS };

const TWO_CALLS = JSON.stringify([
  {
    role: "assistant",
    parts: [WEATHER, TIME].map(({ id, name, args }) => ({ type: "tool_call", id, name, arguments: args })),
    finish_reason: "tool_calls",
  },
]);

export const CHAT_CASES: readonly LabCase[] = [
  {
    id: "S1",
    title: "two streamed calls, one after the other",
    script: [
      { events: [chunk({ role: "assistant", content: null }), ...spoken(0, WEATHER), ...spoken(1, TIME), END, USAGE] },
    ],
    act: readAll,
    cause: null,
    spans: [
      {
        name: "chat gpt-4.1-mini",
        status: "unset",
        attributes: {
          "gen_ai.output.messages": TWO_CALLS,
          "gen_ai.response.finish_reasons": ["tool_calls"],
          "gen_ai.request.stream": true,
          "gen_ai.usage.input_tokens": 20,
          "gen_ai.usage.output_tokens": 7,
          "misfire.stream.chunks": 16,
        },
      },
    ],
  },
  {
    id: "S2",
    title: "the same, deltas interleaved by index",
    script: [{ events: [calls(head(0, WEATHER)), calls(head(1, TIME)), ...interleaved(), END], pieces: 17 }],
    act: readAll,
    cause: null,
    spans: [
      {
        name: "chat gpt-4.1-mini",
        status: "unset",
        attributes: {
          "gen_ai.output.messages": TWO_CALLS,
          "gen_ai.response.finish_reasons": ["tool_calls"],
          "gen_ai.request.stream": true,
        },
      },
    ],
  },
  {
    id: "S3",
    title: "both calls in one chunk",
    script: [{ events: [calls(whole(0, WEATHER), whole(1, TIME)), END] }],
    act: readAll,
    cause: null,
    spans: [
      {
        name: "chat gpt-4.1-mini",
        status: "unset",
        attributes: {
          "gen_ai.output.messages": TWO_CALLS,
          "gen_ai.response.finish_reasons": ["tool_calls"],
          "gen_ai.request.stream": true,
        },
      },
    ],
  },
  {
    id: "S4",
    title: "the server drops the connection mid-stream",
    script: [{ events: [calls(head(0, WEATHER)), calls(more(0, '{"city": "Pa'))], close: "drop" }],
    act: readAll,
    throws: "TypeError",
    cause: "provider/network",
    spans: [
      {
        name: "chat gpt-4.1-mini",
        status: "error",
        attributes: { "error.type": "TypeError", "misfire.stream.outcome": "dropped", "misfire.stream.chunks": 2 },
        events: [{ name: "exception", attributes: { "exception.type": "TypeError" } }],
      },
    ],
  },
  {
    id: "S5",
    title: "the caller breaks out of the stream",
    script: [
      {
        events: [
          chunk({ content: "Hello" }),
          chunk({ content: " there" }),
          ...Array.from({ length: 50 }, () => chunk({ content: "!" })),
        ],
        pace: 5,
      },
    ],
    act: async (client) => {
      for await (const _ of (await client.chat.completions.create({ ...BODY, stream: true })) as AsyncIterable<unknown>)
        break;
    },
    cause: null,
    spans: [
      {
        name: "chat gpt-4.1-mini",
        status: "unset",
        attributes: { "misfire.stream.outcome": "returned", "misfire.stream.chunks": 1 },
      },
    ],
  },
  {
    id: "S6",
    title: "HTTP 400, a bad tool schema",
    script: [BAD_SCHEMA],
    act: async (client) => client.chat.completions.create(BODY),
    throws: "BadRequestError",
    cause: "schema/invalid-schema",
    spans: [
      {
        name: "chat gpt-4.1-mini",
        status: "error",
        attributes: {
          "error.type": "BadRequestError",
          "http.response.status_code": 400,
          "misfire.error.code": "invalid_function_parameters",
          "misfire.error.param": "tools[0].function.parameters",
        },
        events: [
          { name: "misfire.attempt_failed", attributes: { "http.response.status_code": 400 } },
          {
            name: "exception",
            attributes: {
              "exception.message":
                "400 Invalid schema for function 'get_weather': In context=('properties', 'city'), array schema missing items.",
            },
          },
        ],
      },
    ],
  },
  {
    id: "S7",
    title: "429, 429, then 200",
    script: [RATE_LIMIT, RATE_LIMIT, answer([], "Hello")],
    act: async (client) => client.chat.completions.create(BODY),
    cause: null,
    spans: [
      {
        name: "chat gpt-4.1-mini",
        status: "unset",
        attributes: { "misfire.retries": 2, "gen_ai.response.finish_reasons": ["stop"] },
        events: [1, 2].map((attempt) => ({
          name: "misfire.attempt_failed",
          attributes: {
            "misfire.attempt": attempt,
            "http.response.status_code": 429,
            "http.response.header.retry-after": "0.005",
          },
        })),
      },
    ],
  },
  {
    id: "S8",
    title: "arguments cut off",
    script: [{ events: [calls(head(0, WEATHER)), calls(more(0, '{"city": "Par')), chunk({}, "length")] }],
    act: readAll,
    cause: "arguments/truncated",
    spans: [
      { name: "chat gpt-4.1-mini", status: "unset", attributes: { "gen_ai.response.finish_reasons": ["length"] } },
      {
        name: "execute_tool get_weather",
        status: "error",
        attributes: {
          "error.type": "truncated_arguments",
          "misfire.stage": "parsed",
          "misfire.arguments.truncated": true,
          "gen_ai.tool.call.id": "call_A",
          "gen_ai.tool.call.arguments": '{"city": "Par',
        },
      },
    ],
  },
  {
    id: "S9",
    title: "a tool that was not offered",
    script: [answer([{ id: "call_X", name: "get_wether", args: '{"city":"Paris"}' }])],
    act: async (client) => client.chat.completions.create(BODY),
    cause: "registration/unknown-tool",
    spans: [
      { name: "chat gpt-4.1-mini", status: "unset" },
      {
        name: "execute_tool get_wether",
        status: "error",
        attributes: {
          "error.type": "unknown_tool",
          "misfire.stage": "looked-up",
          "misfire.tools.offered": ["get_weather", "get_time"],
        },
      },
    ],
  },
  {
    id: "S10",
    title: "a tool function throws",
    script: [answer([WEATHER]), answer([], "Sorry")],
    act: async (client) => {
      const lookUp = (): never => {
        throw new TypeError("Cannot read properties of undefined (reading 'temperature')");
      };
      const tools = [{ type: "function", function: { ...TOOLS[0]!.function, parse: JSON.parse, function: lookUp } }];
      await client.chat.completions.runTools({ ...BODY, tools }).done();
    },
    throws: "OpenAIError",
    cause: "execution/tool-raised",
    spans: [
      {
        name: "invoke_agent runTools",
        status: "unset",
        attributes: { "misfire.run.model_calls": 1, "misfire.run.tool_calls": 1 },
      },
      { name: "chat gpt-4.1-mini", status: "unset" },
      {
        name: "execute_tool get_weather",
        status: "error",
        attributes: {
          "error.type": "TypeError",
          "misfire.stage": "executed",
          "gen_ai.tool.call.id": "call_A",
          "gen_ai.tool.call.arguments": WEATHER.args,
          "misfire.batch.size": 1,
        },
        events: [
          {
            name: "exception",
            attributes: {
              "exception.type": "TypeError",
              "exception.message": "Cannot read properties of undefined (reading 'temperature')",
            },
          },
        ],
      },
    ],
  },
];

async function readAll(client: ChatClient): Promise<unknown[]> {
  const seen: unknown[] = [];
  for await (const event of (await client.chat.completions.create({ ...BODY, stream: true })) as AsyncIterable<unknown>)
    seen.push(event);
  return seen;
}

function spoken(index: number, call: Call): unknown[] {
  return [calls(head(index, call)), ...pieces(call.args).map((piece) => calls(more(index, piece)))];
}

function interleaved(): unknown[] {
  const [left, right] = [pieces(WEATHER.args), pieces(TIME.args)];
  return Array.from({ length: Math.max(left.length, right.length) }, (_, n) => [
    ...(left[n] === undefined ? [] : [calls(more(0, left[n]))]),
    ...(right[n] === undefined ? [] : [calls(more(1, right[n]))]),
  ]).flat();
}

function whole(index: number, call: Call): Record<string, unknown> {
  return { ...head(index, call), function: { name: call.name, arguments: call.args } };
}
