import { describe, expect, it } from "vitest";
import type { Message } from "../records/records.ts";
import { withShellCalls } from "./mini-swe.ts";

const said = (role: string, text: string): Message => ({ role, text, calls: [], results: [] });
const block = (command: string): string => `THOUGHT: look.\n\n\`\`\`bash\n${command}\n\`\`\``;

/** What becomes of an answer and of what the shell, or the loop, said to it. */
function pair(answer: string, reply: string) {
  const [, call, result] = withShellCalls([said("user", "Solve it"), said("assistant", answer), said("user", reply)]);
  return [call?.calls[0]?.argumentsRaw, result?.results[0]?.isError, result?.role];
}

describe("withShellCalls", () => {
  it("reads a block of bash as a call, and what the shell said as its result", () => {
    const ok = "<returncode>0</returncode>\n<output>\na.py\n</output>";
    expect(pair(block("ls -la"), ok)).toEqual(['{"command":"ls -la"}', null, "tool"]);
    expect(pair(block("cat x"), ok.replace("0", "1"))).toEqual(['{"command":"cat x"}', null, "tool"]);
  });

  it("flags commands that were killed, and answers without one block", () => {
    const killed =
      "The last command <command>top</command> timed out and has been killed.\nThe output of the command was:";
    expect(pair(block("top"), killed)).toEqual(['{"command":"top"}', true, "tool"]);
    const format = "Please always provide EXACTLY ONE action in triple backticks, found 2 actions.";
    expect(pair(`${block("ls")}\n${block("pwd")}`, format)).toEqual([null, true, "tool"]);
  });

  it("leaves other histories as they are", () => {
    const other = [said("user", "run ls"), said("assistant", block("ls")), said("user", "thanks")];
    expect(withShellCalls(other)).toBe(other);
    const quoted = [said("user", "<returncode>0</returncode>"), said("assistant", "What is that?")];
    expect(withShellCalls(quoted)).toEqual(quoted);
  });

  it("takes as long as the text is", () => {
    for (const part of ["```bash\n", "x```bash\n", "```bash \t\n\n"])
      expect(pair(part.repeat(100_000), "<returncode>0</returncode>")[0]).toBe(null);
  });
});
