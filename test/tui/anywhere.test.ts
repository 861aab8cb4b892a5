import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { widthOf } from "../../src/reporters/text/width.ts";
import { setApart } from "../../src/tui/draw/right-to-left.ts";
import { mountFiles, type Mounted } from "./mounted.ts";

const LOG = "samples/signature-mismatch/console.log";
const CAPTURE = "test/captures/ai-sdk@7.0.173/pool-exhausted+native/console.log";
const SCREENS = ["1", "2", "3", "4", "5", "6", "?"];

describe("the terminal app anywhere", () => {
  let app: Mounted;
  const folder = mkdtempSync(join(tmpdir(), "misfire-anywhere-"));
  afterEach(() => {
    app.close();
    delete process.env["INK_SCREEN_READER"];
  });

  it.each([
    [50, 12],
    [80, 24],
    [160, 24],
    [300, 100],
  ])("fills %ix%i with every screen, and no line is longer", async (columns, rows) => {
    app = await mountFiles([LOG, CAPTURE]);
    app.resize(columns, rows);
    for (const key of SCREENS) {
      await app.press(key, "misfire");
      await app.until(() => app.frame().split("\n").length === rows);
      const lines = app.frame().split("\n");
      expect(lines).toHaveLength(rows);
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
      expect(lines.at(-1)).toContain("q quit");
    }
    await app.press("?", "6 ");
    await app.press("1", "cause");
    await app.press("\r", "›");
    expect(app.frame().split("\n")).toHaveLength(rows);
  });

  it("has the incident under the cursor beside the list from 160 columns on, and below it from 40 lines on", async () => {
    app = await mountFiles([LOG]);
    app.resize(300, 100);
    expect(await app.sees("The model sent claimId")).toMatch(/over time.*│/);
    app.resize(100, 45);
    await app.until(() => app.frame().split("\n").length === 45);
    expect(await app.sees("The model sent claimId")).toMatch(/\n─{90,}\n✗ get_claim/);
  });

  it("sets text from right to left apart, and counts wide and combining characters", async () => {
    const path = join(folder, "mixed.log");
    writeFileSync(path, ["שלום עולם: הזמנה 42", "مرحبا", "日本語のログ", "e\u0301te\u0301", "plain", ""].join("\n"));
    app = await mountFiles([path]);
    const frame = await app.press("4", "plain");
    const written = setApart(frame);
    expect(written).toContain(" 1 \u2068שלום עולם: הזמנה\u2069 42");
    expect(written).toContain("\u2068مرحبا\u2069");
    expect(written.match(/\u2068/g)).toHaveLength(2);
    expect(frame).toContain("日本語のログ");
    for (const line of frame.split("\n")) expect(widthOf(line)).toBeLessThanOrEqual(100);
    rmSync(folder, { recursive: true });
  });

  it("says rows in words to a screen reader, and draws nothing", async () => {
    process.env["INK_SCREEN_READER"] = "true";
    app = await mountFiles([LOG]);
    expect(await app.sees("Incidents, line 1 of 1")).toContain("error: get_claim: the model passes an argument");
    await app.press("\r", "Incident, line 1 of");
    await app.press("jjj", "The model sent claimId");
    const call = await app.press("3", "Calls, line 1 of 1");
    expect(call).toContain("failed: get_claim, at validated, arguments/unexpected-argument");
    await app.press("/", "search: ");
    const end = await app.press("\u001b", /^(?!.*search: )/s);
    expect(end).not.toMatch(/[─│█▌✗✓]/);
  });

  it("takes the wheel and clicks once it is asked to", async () => {
    app = await mountFiles([LOG, CAPTURE]);
    await app.press("m", "wheel and clicks are on");
    await app.press("\u001b[<0;42;1M", /1\/32/);
    await app.press("\u001b[<65;10;10M", /4\/32/);
    await app.press("\u001b[<64;10;10M", /[^\d]1\/32/);
    await app.press("\u001b[<0;10;10M", /8\/32/);
    expect(app.frame()).toContain("Logs");
    await app.press("\u001b[<0;10;10M", "› Incident");
    await app.press("\u001b[<0;10;10m\u001b[15~\u001b[<2;3;3M", "› Incident");
    await app.press("\u001b[<0;12;1M", "over time");
  });

  it("filters the logs by words and by what they are evidence of", async () => {
    app = await mountFiles([LOG, CAPTURE]);
    await app.press("4", /\/32/);
    await app.press("f", "filter:");
    await app.press("TextMessage\r", "2 of 32 lines pass the filter");
    await app.press("j", /2\/2/);
    await app.press("f", "filter:");
    await app.press("\u0015tool:get_claim\r", /tool:get_claim .*\n[1-9] of 32 lines pass the filter\s/);
    expect(app.frame()).toMatch(/▌ \S+ +8 \[FunctionExecutionResult/);
    expect(await app.press("\u001b", /\/32/)).not.toContain("pass the filter");
  });
});
