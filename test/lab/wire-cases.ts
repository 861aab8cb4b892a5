import { traceAgent, traceTool } from "../../src/instrumentation/index.ts";
import type { Expected } from "./chat-cases.ts";
import { pieces, TIME, WEATHER, type Call } from "./replies.ts";
import type { Reply } from "./server.ts";
import type { Wire } from "./wires.ts";

/** S1 to S10 as Responses and Anthropic play them; the same faults, each in the wire's own form. */
export interface WireCase {
  id: string;
  title: string;
  script(wire: Wire): readonly Reply[];
  /** Asks, and reads what comes. */
  act(wire: Wire, client: unknown): Promise<unknown>;
  throws: boolean;
  cause: string | null;
  spans(wire: Wire): readonly Expected[];
}

const ROME = { ...TIME, args: '{"city":"Rome"}' };
const [left, right] = [pieces(WEATHER.args), pieces(ROME.args)];
type Delta = readonly [index: number, call: Call | null, piece: string];
const chat = (wire: Wire, more: Partial<Expected> = {}): Expected => ({
  name: `chat ${wire.model}`,
  status: "unset",
  ...more,
});
const BOTH = JSON.stringify([
  {
    role: "assistant",
    parts: [WEATHER, ROME].map(({ id, name, args }) => ({ type: "tool_call", id, name, arguments: args })),
    finish_reason: "tool_calls",
  },
]);
const attempt = {
  name: "misfire.attempt_failed",
  attributes: { "http.response.status_code": 429, "http.response.header.retry-after": "0.005" },
};
const whole = async (wire: Wire, client: unknown): Promise<unknown> => wire.ask(client, false);
const readAll = async (wire: Wire, client: unknown): Promise<void> => {
  for await (const _ of (await wire.ask(client, true)) as AsyncIterable<unknown>);
};

export const WIRE_CASES: readonly WireCase[] = [
  {
    id: "S1",
    title: "two streamed calls, one after the other",
    script: (wire) => [{ events: wire.stream([...spoken(0, WEATHER, left), ...spoken(1, TIME, right)], "tool_calls") }],
    act: readAll,
    throws: false,
    cause: null,
    spans: (wire) => [
      chat(wire, {
        attributes: {
          "gen_ai.output.messages": BOTH,
          "gen_ai.usage.input_tokens": 20,
          "gen_ai.usage.output_tokens": 7,
          "gen_ai.response.finish_reasons": ["tool_calls"],
        },
      }),
    ],
  },
  {
    id: "S2",
    title: "the same, deltas interleaved, in pieces of 11 bytes",
    script: (wire) => [{ events: wire.stream(interleaved(), "tool_calls"), pieces: 11 }],
    act: readAll,
    throws: false,
    cause: null,
    spans: (wire) => [chat(wire, { attributes: { "gen_ai.output.messages": BOTH } })],
  },
  {
    id: "S3",
    title: "each call in one delta",
    script: (wire) => [
      {
        events: wire.stream(
          [
            [0, WEATHER, WEATHER.args],
            [1, TIME, ROME.args],
          ],
          "tool_calls",
        ),
      },
    ],
    act: readAll,
    throws: false,
    cause: null,
    spans: (wire) => [chat(wire, { attributes: { "gen_ai.output.messages": BOTH } })],
  },
  {
    id: "S4",
    title: "the server drops the connection mid-stream",
    script: (wire) => [{ events: wire.stream([[0, WEATHER, '{"ci']], null), close: "drop" }],
    act: readAll,
    throws: true,
    cause: "provider/network",
    spans: (wire) => [
      chat(wire, {
        status: "error",
        attributes: { "misfire.stream.outcome": "dropped" },
        events: [{ name: "exception" }],
      }),
    ],
  },
  {
    id: "S5",
    title: "the caller breaks out of the stream",
    script: (wire) => {
      const more = Array.from({ length: 30 }, (): Delta => [0, null, " "]);
      return [{ events: wire.stream([[0, WEATHER, left[0]!], ...more], null), pace: 5 }];
    },
    act: async (wire, client) => {
      for await (const _ of (await wire.ask(client, true)) as AsyncIterable<unknown>) break;
    },
    throws: false,
    cause: null,
    spans: (wire) => [chat(wire, { attributes: { "misfire.stream.outcome": "returned", "misfire.stream.chunks": 1 } })],
  },
  {
    id: "S6",
    title: "HTTP 400, a bad tool schema",
    script: (wire) => [wire.refusal],
    act: whole,
    throws: true,
    cause: "schema/invalid-schema",
    spans: (wire) => [
      chat(wire, {
        status: "error",
        attributes: { "error.type": "BadRequestError", "http.response.status_code": 400 },
        events: [{ name: "misfire.attempt_failed" }, { name: "exception" }],
      }),
    ],
  },
  {
    id: "S7",
    title: "429, 429, then 200",
    script: (wire) => [wire.rateLimit, wire.rateLimit, wire.whole([WEATHER])],
    act: whole,
    throws: false,
    cause: null,
    spans: (wire) => [chat(wire, { attributes: { "misfire.retries": 2 }, events: [attempt, attempt] })],
  },
  {
    id: "S8",
    title: "arguments cut off",
    script: (wire) => [{ events: wire.stream([[0, WEATHER, '{"city": "Par']], "length") }],
    act: readAll,
    throws: false,
    cause: "arguments/truncated",
    spans: (wire) => [
      chat(wire, { attributes: { "gen_ai.response.finish_reasons": ["length"] } }),
      {
        name: "execute_tool get_weather",
        status: "error",
        attributes: {
          "misfire.stage": "parsed",
          "error.type": "truncated_arguments",
          "misfire.arguments.truncated": true,
          "gen_ai.tool.call.arguments": '{"city": "Par',
        },
      },
    ],
  },
  {
    id: "S9",
    title: "a tool that was not offered",
    script: (wire) => [wire.whole([{ ...WEATHER, name: "get_wether" }])],
    act: whole,
    throws: false,
    cause: "registration/unknown-tool",
    spans: (wire) => [
      chat(wire),
      {
        name: "execute_tool get_wether",
        status: "error",
        attributes: {
          "misfire.stage": "looked-up",
          "error.type": "unknown_tool",
          "misfire.tools.offered": ["get_weather", "get_time"],
        },
      },
    ],
  },
  {
    id: "S10",
    title: "a tool function throws",
    script: (wire) => [wire.whole([WEATHER]), wire.text("Sorry")],
    act: (wire, client) => {
      const lookUp = traceTool("get_weather", (_args: unknown, _context: { toolCallId: string }): never => {
        throw new TypeError("Cannot read properties of undefined (reading 'temperature')");
      });
      return traceAgent("weather", async () => {
        await wire.ask(client, false);
        let result = "";
        try {
          lookUp(JSON.parse(WEATHER.args), { toolCallId: WEATHER.id });
        } catch (error) {
          result = String(error);
        }
        return wire.ask(client, false, { answered: { call: WEATHER, result } });
      });
    },
    throws: false,
    cause: "execution/tool-raised",
    spans: (wire) => [
      { name: "invoke_agent weather", status: "unset", attributes: { "misfire.run.tool_calls": 1 } },
      chat(wire),
      {
        name: "execute_tool get_weather",
        status: "error",
        attributes: {
          "error.type": "TypeError",
          "misfire.stage": "executed",
          "gen_ai.tool.call.id": "call_A",
          "gen_ai.tool.call.arguments": WEATHER.args,
        },
        events: [{ name: "exception", attributes: { "exception.type": "TypeError" } }],
      },
      chat(wire),
    ],
  },
];

function spoken(index: number, call: Call, parts: readonly string[]): Delta[] {
  return parts.map((piece, n) => [index, n === 0 ? call : null, piece]);
}

function interleaved(): Delta[] {
  return left.flatMap((piece, n): Delta[] => [
    [0, n === 0 ? WEATHER : null, piece],
    ...(right[n] === undefined ? [] : [[1, n === 0 ? TIME : null, right[n]] as Delta]),
  ]);
}
