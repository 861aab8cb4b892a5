import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HANDLERS } from "../../src/tui/actions/index.ts";
import { KEYS } from "../../src/tui/keys.ts";
import { KEY, mountFiles, type Mounted } from "./mounted.ts";

const LOG = "samples/signature-mismatch/console.log";

describe("the keys of the terminal app", () => {
  let app: Mounted;
  beforeEach(async () => void (app = await mountFiles([LOG])));
  afterEach(() => app.close());

  it("each do one thing", () => {
    const keys = KEYS.flatMap(({ keys }) => keys as readonly string[]);
    expect(new Set(keys).size).toBe(keys.length);
    expect(Object.keys(HANDLERS).sort()).toEqual(KEYS.map(({ action }) => action).sort());
  });

  it("move the cursor", async () => {
    await app.press("4", /1\/12/);
    await app.press("j", /2\/12/);
    await app.press(KEY.down, /3\/12/);
    await app.press("jjj", /6\/12/);
    await app.press("k", /5\/12/);
    await app.press(KEY.up, /4\/12/);
    await app.press("G", /12\/12/);
    await app.press("g", /[^\d]1\/12/);
    await app.press(KEY.pageDown, /12\/12/);
    await app.press("b", /[^\d]1\/12/);
    await app.press("\u0004", /12\/12/);
    expect(await app.press(KEY.home, /[^\d]1\/12/)).toContain("TextMessage (user)");
  });

  it("search by a regular expression, on and back, around", async () => {
    await app.press("4", /1\/12/);
    await app.press("/", /^\//m);
    await app.press("^\\[FunctionCall\\(|^I could\r", /6\/12/);
    await app.press("n", /12\/12/);
    await app.press("n", /6\/12/);
    await app.press("N", /12\/12/);
    await app.press("/", /^\//m);
    expect(await app.press("(((\r", "not found")).toContain("not found: (((");
  });

  it("filter by field and words, and say what is wrong", async () => {
    await app.press("f", "filter:");
    await app.press("tool:get_claim layer:arguments\r", "filter: tool:get_claim");
    expect(app.frame()).toContain("get_claim:");
    await app.press("f", "filter:");
    await app.press("\u0015-tool:get_claim\r", "Nothing passes the filter");
    await app.press("f", "filter:");
    await app.press("\u0015colour:red", "there is no field colour");
    await app.press(KEY.esc, "Nothing passes");
    await app.press(KEY.esc, "get_claim:");
  });

  it("copy the evidence, the fix, and the incident as Markdown", async () => {
    await app.press("y", "copied");
    expect(app.done.at(-1)).toMatch(/^copy .*1 validation error|claimId/s);
    await app.press("c", "copied the fix");
    expect(app.done.at(-1)).toMatch(/^copy Make the names.*\n1\. Rename/s);
    await app.press("Y", "as Markdown");
    expect(app.done.at(-1)).toMatch(/^copy ### get_claim.*```json\n\{"claimId": "C-1042"\}\n```/s);
  });

  it("open the evidence in the editor, and export", async () => {
    await app.press("o", "get_claim");
    expect(app.done).toContain(`edit ${LOG}:8`);
    await app.press("x", /wrote misfire-\w+\.md/);
    await app.press("6", "inputs");
    await app.press("x", "wrote misfire-report.json");
    expect(app.done.at(-1)).toContain('"schema": "misfire.report/1"');
  });

  it("change the screen by Tab and by the palette", async () => {
    await app.press(KEY.tab, "calls");
    await app.press("\u001b[Z", "over time");
    await app.press(":", /^:/m);
    await app.press("cov\r", "detectors that could not run");
    await app.press(":", /^:/m);
    await app.press("nothing\r", "there is no command nothing");
    await app.press(":", /^:/m);
    await app.press("qui\r", "inputs");
    expect(app.done.at(-1)).toBe("quit");
  });

  it("pause, redraw and quit", async () => {
    await app.press(" ", "PAUSED");
    await app.press(" ", /^ 1 cause/m);
    await app.press("\u000c", "1 cause");
    expect(app.done).toContain("redraw");
    await app.press("q", "1 cause");
    expect(app.done.at(-1)).toBe("quit");
    await app.press("\u0003", "1 cause");
    expect(app.done.filter((one) => one === "quit")).toHaveLength(2);
  });
});
