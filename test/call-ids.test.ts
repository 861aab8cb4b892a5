import { expect, it } from "vitest";
import { diagnose } from "../src/index.ts";

/** One saved history whose calls count from `call_1`. */
function history(...calls: [tool: string, args: object, result: string][]): string {
  const messages = calls.flatMap(([name, args, content], n) => [
    {
      role: "assistant",
      content: null,
      tool_calls: [{ id: `call_${n + 1}`, type: "function", function: { name, arguments: JSON.stringify(args) } }],
    },
    { role: "tool", tool_call_id: `call_${n + 1}`, content },
  ]);
  return JSON.stringify({ messages: [{ role: "user", content: "go on" }, ...messages] });
}

it("tells calls of several runs apart that have the same id", async () => {
  const runs = [
    history(["find_van", { plate: "GR-7" }, "one van"], ["book_van", { plate: "GR-7" }, "Error: no seats left"]),
    history(["find_van", { plate: "LZ-1" }, "Error: depot shut"], ["book_van", { plate: "LZ-1" }, "Error: paid twice"]),
    history(["book_van", { plate: "SK-3" }, "booked"]),
  ];
  const { incidents, totals } = await diagnose(runs.join("\n"));
  const told = incidents.map(({ tool, count, call, causedBy }) => [
    tool,
    count,
    call?.argumentsRaw,
    call?.result,
    causedBy,
  ]);
  expect(told).toEqual([
    ["book_van", 2, '{"plate":"GR-7"}', "Error: no seats left", null],
    ["find_van", 1, '{"plate":"LZ-1"}', "Error: depot shut", null],
  ]);
  expect(totals).toMatchObject({ requested: 5, answered: 5, failed: 3 });
});

it("tells calls of one history apart that have the same id, as in SWE-agent's demonstrations", async () => {
  const made = (name: string, args: string) => [
    { role: "assistant", content: "", tool_calls: [{ id: "call_5iDdbOY", function: { name, arguments: args } }] },
    { role: "tool", content: `${name} done`, tool_call_ids: ["call_5iDdbOY"] },
  ];
  const messages = [
    { role: "user", content: "go" },
    ...made("bash", '{"command":"ls"}'),
    ...made("open", '{"path":"a"}'),
  ];
  const { totals, verdict } = await diagnose(JSON.stringify({ trajectory: [], history: messages }));
  expect({ verdict, ...totals }).toMatchObject({ verdict: "clean", requested: 2, answered: 2, failed: 0 });
});

/** Pydantic AI asks Gemini, whose calls have no ids; for the history it makes some up, each time others. */
function interaction(history: [args: string, result: string][], answer: string): string {
  const call = (args: string) => `{"functionCall": {"name": "get_capital", "args": ${args}}}`;
  const parts = history.flatMap(([args, result], n) => [
    `{"role": "model", "parts": [{"functionCall": {"id": "made_up_${n}", "name": "get_capital", "args": ${args}}}]}`,
    `{"role": "user", "parts": [{"functionResponse": {"id": "made_up_${n}", "name": "get_capital", "response": ${result}}}]}`,
  ]);
  const part = answer.startsWith("{") ? call(answer) : `{"text": "${answer}"}`;
  const contents = ['{"role": "user", "parts": [{"text": "The capital?"}]}', ...parts].join(", ");
  return [
    "- request:",
    `    parsed_body: {"contents": [${contents}], "tools": [{"functionDeclarations": [{"name": "get_capital"}]}]}`,
    "    uri: https://generativelanguage.googleapis.com/v1beta/models/gemini-2.0-flash:generateContent",
    "  response:",
    `    parsed_body: {"candidates": [{"content": {"role": "model", "parts": [${part}]}, "finishReason": "STOP"}]}`,
    "    status: {code: 200}",
  ].join("\n");
}

it("knows the calls of answers without ids again in the history, and which exchange came first", async () => {
  const [wrong, right] = ['{"country": "France"}', '{"country": "La France"}'];
  const failed = '{"error": "Use La France instead.\\n\\nFix the errors and try again."}';
  const cassette = [
    "interactions:",
    interaction([], wrong),
    interaction([[wrong, failed]], right),
    interaction(
      [
        [wrong, failed],
        [right, '{"return_value": "Paris"}'],
      ],
      "Paris",
    ),
    "version: 1\n",
  ].join("\n");
  const report = await diagnose(cassette, { name: "cassette.yaml" });
  expect(report).toMatchObject({ verdict: "clean", totals: { requested: 2, answered: 2, failed: 1, recovered: 1 } });
  expect(report.incidents).toMatchObject([
    { classifier: "result/masked-error", tool: "get_capital", modifiers: ["masked", "recovered"] },
  ]);
  expect(report.incidents[0]!.evidence[0]).toMatchObject({ line: 8 });
  expect(report.incidents[0]!.evidence[0]!.excerpt).toContain("Use La France instead");
});

it("counts equal calls of one history that have no ids, as in steps of a ReAct loop", async () => {
  const step = (action: string, input: string, error: string, response = "") =>
    JSON.stringify({ thought: "", action, action_input: input, observation: JSON.stringify({ error, response }) });
  const steps = [
    step("login", "{}", "No such function name: login"),
    step("search", '{"q": "a"}', "", "a van"),
    step("login", "{}", "No such function name: login"),
    step("track", '{"n": "7"}', "Exceeded 30 redirects."),
    step("track", '{"n": "7"}', "Exceeded 30 redirects."),
  ];
  const { incidents, totals, sources } = await diagnose(steps.join("\n"), { name: "steps.jsonl" });
  expect(sources[0]).toMatchObject({ format: "transcript" });
  expect(totals).toMatchObject({ requested: 5, answered: 5, failed: 4 });
  expect(incidents.map(({ classifier, tool, count }) => [classifier, tool, count])).toEqual([
    ["registration/unknown-tool", "login", 2],
    ["result/masked-error", "track", 2],
  ]);
});
