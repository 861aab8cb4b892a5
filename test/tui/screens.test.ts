import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEY, mountFiles, type Mounted } from "./mounted.ts";

const LOG = "samples/signature-mismatch/console.log";

describe("the screens of the terminal app", () => {
  let app: Mounted;
  beforeAll(async () => void (app = await mountFiles([LOG, "samples/shared-state/console.log"])));
  afterAll(() => app.close());

  it("lists the causes", async () => {
    const frame = await app.sees("1 Incidents");
    expect(frame).toMatch(/✗ get_claim: the model passes an argument .* 1×/);
    expect(frame).toContain("2 causes");
    expect(frame.split("\n")).toHaveLength(24);
  });

  it("opens an incident: cause, life, fix, arguments beside the schema, evidence with the lines around it, runs", async () => {
    await app.press("/", "/");
    await app.press("get_claim\r", "2/2");
    const frame = await app.press(KEY.enter, "The model sent claimId");
    expect(frame).toMatch(/offered ✓ .* validated ✗/);
    expect(frame).toContain("fix    Make the names");
    const end = await app.press("G", "console.log:8");
    expect(end).toMatch(/> +8 \[FunctionExecutionResult/);
    expect(end).toMatch(/runs\n +samples\/signature-mismatch\/console.log +1 calls/);
    await app.press("/", /^\//m);
    expect(await app.press("against the schema\r", "the tool takes")).toMatch(/\+ claimId: "C-1042"/);
    expect(app.frame()).toMatch(/- +claim_id: string, required/);
  });

  it("goes from the evidence to the logs, and from there to the incident", async () => {
    await app.press("/", /^\//m);
    await app.press("log:8 \r", /40\/\d+/);
    const frame = await app.press(KEY.enter, "▌");
    expect(frame).toContain("Logs");
    expect(frame).toMatch(/▌ …re-mismatch\/console.log +8 \[FunctionExecutionResult/);
    await app.press(KEY.enter, "The model sent claimId");
    await app.press("1", "over time");
  });

  it("shows the runs and one of them", async () => {
    await app.press("2", /✗ …ure-mismatch/);
    const frame = await app.press(KEY.enter, "broke here: arguments/unexpected-argument");
    expect(frame).toMatch(/agents user, claims_agent · gpt-4o/);
    expect(frame).toMatch(/✗ get_claim +\{"claimId": "C-1042"\}/);
  });

  it("shows the calls with their stages, and one call", async () => {
    expect(await app.press("3", "[all]")).toMatch(/✗ get_claim +✓✓✓✓✗·✓✓/);
    expect(await app.press("s", "[failed]")).toMatch(/✗ get_claim/);
    expect(await app.press("s", "[masked]")).toContain("No call.");
    await app.press("sss", "[all]");
    const frame = await app.press(KEY.enter, "wrong    claimId");
    expect(frame).toContain("result ✗ 1 validation error");
    await app.press(KEY.esc, "[all]");
  });

  it("shows the logs, jumps between failures, follows the end", async () => {
    await app.press("4", "console.log");
    await app.press("e", /3\/26/);
    await app.press("e", /8\/26/);
    await app.press("E", /3\/26/);
    await app.press("g", /1\/26/);
    await app.press("G", "following");
    await app.press("k", /25\/26/);
    expect(app.frame()).not.toContain("following");
  });

  it("shows statistics and coverage", async () => {
    expect(await app.press("5", "by tool")).toMatch(/get_claim +1 of 1 +100 % █/);
    const coverage = await app.press("6", "detectors that could not run");
    expect(coverage).toMatch(/console.log +text +6.1 kB/);
    expect(coverage).toContain("autogen-console");
    expect(coverage).toContain("overload: no times of executions");
  });

  it("shows the help, made from the key table", async () => {
    expect(await app.press("?", "down")).toContain(":page-down");
    await app.press("?", "Coverage");
  });
});
