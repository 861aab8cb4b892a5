import { expect, test } from "vitest";
import { openFold } from "../../ingest/text/folds/open.ts";
import { crewai } from "./crewai.ts";
import { reading } from "./reading.fixture.ts";

const panel = (title: string, ...lines: string[]) =>
  [
    `${title.replace(/^(.*\.\.\.)?/, "$1╭──────────── ")} ────────────╮`,
    ...lines.map((line) => `│  ${line.padEnd(110)}│`),
    `╰${"─".repeat(92)}╯`,
  ].join("\n");

test("reads the panels of CrewAI before 1.0, of which one names the tool of the next two", () => {
  const { requested, returned } = reading(
    crewai,
    panel("🔧 Agent Tool Execution", "Agent: Desk clerk", "", "Thought: I look.", "", "Using Tool: find_room"),
    panel("Tool Input", '"{\\"roomId\\": \\"214\\"}"'),
    panel(
      "Tool Output",
      "I encountered an error while trying to use the tool. This was the error: timed out.",
      " Tool find_room accepts these inputs: Tool Name: find_room",
      "Moving on then. I MUST either use a tool",
    ),
  );
  expect(requested).toEqual([[null, "find_room", '{"roomId": "214"}']]);
  expect(returned).toEqual([
    [null, "find_room", "I encountered an error while trying to use the tool. This was the error: timed out.", true],
  ]);
});

test("reads a panel behind the last line of a live display", () => {
  const glued = panel(
    "    Status: Executing Task...Tool Error",
    "Tool Usage Failed",
    "Name: find_room",
    "Error: 1 validation error for Find_Room",
    "room_id",
    "  Field required",
  );
  const { returned } = reading(crewai, glued);
  expect(returned).toEqual([[null, "find_room", "1 validation error for Find_Room\nroom_id\n  Field required", true]]);
  const [first, ...rest] = glued.split("\n");
  const fold = openFold(first!, false);
  expect(rest.map((line) => fold.step(line))).toEqual(rest.map(() => "join"));
  expect(fold.step("🚀 Crew: crew")).toBe("split");
  expect(openFold("└── 📋 Task: ee4f", false).step(first!)).toBe("split");
});
