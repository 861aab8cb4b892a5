import { afterEach, describe, expect, it } from "vitest";
import { hasTmux, openTerminal, type Terminal } from "./tmux.ts";

const LOG = "samples/signature-mismatch/console.log";

describe.skipIf(!hasTmux)("the terminal app over a pipe (tmux)", { timeout: 40_000 }, () => {
  let terminal: Terminal;
  afterEach(() => terminal.close());

  it("takes keys while a log is piped in", async () => {
    terminal = openTerminal(`{ cat ${LOG}; sleep 1; cat ${LOG}; } | misfire -i`);
    await terminal.sees("get_claim:");
    await terminal.press(["4"], /1\/(?:12|24)/);
    const after = await terminal.press(["q"], "ended with 0");
    expect(after.trim()).toBe("before\nended with 0");
  });

  it("opens by itself over a pipe that does not end, and prints the report when one quits", async () => {
    terminal = openTerminal(`{ cat ${LOG}; sleep 60; } | misfire`);
    await terminal.sees("1 Incidents");
    await terminal.sees("get_claim:");
    await terminal.press(["Enter"], "The model sent claimId");
    // the shell waits for the pipe's other end
    expect(await terminal.press(["q"], "1 cause, 1 failed of 1 call")).not.toContain("6 Coverage");
  });

  it("prints the report of a pipe that ends", async () => {
    terminal = openTerminal(`cat ${LOG} | misfire`);
    expect(await terminal.sees("ended with 1")).toContain("1 cause, 1 failed of 1 call");
  });
});
