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
