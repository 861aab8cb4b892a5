import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { RunView } from "../../src/compare/show.ts";
import { FAILING } from "./logs.ts";
import { cli } from "./run.ts";

const CAPTURES = "test/captures";
const ARGUMENT = `${CAPTURES}/openai-agents@0.6.9/unexpected-argument+openinference`;
const OVERLOAD = "test/cli/overload.jsonl.gz";

const dir = mkdtempSync(join(tmpdir(), "misfire-show-"));
afterAll(() => rmSync(dir, { recursive: true }));

describe("misfire show", () => {
  it("draws the spans, and marks the keys that the schema does not have", async () => {
    const { code, out } = await cli(["show", "call_u1", ARGUMENT]);
    const lines = out.split("\n");
    expect(out).toContain("broke here: arguments/unexpected-argument (validated)");
    expect(out).toMatch(/✗ {5}get_claim_file +━+ +0\.54 ms/);
    expect(out).toContain("validated ✗  executed ·");
    const sent = lines.findIndex((line) => line.includes("sent  "));
    expect(lines[sent + 1]!.trim()).toMatch(/^\^{7} +\^{8}$/);
    expect(lines[sent + 1]!.indexOf("^")).toBe(lines[sent]!.indexOf("claimId"));
    expect(lines[sent + 1]!.lastIndexOf("^^^^^^^^")).toBe(lines[sent]!.indexOf("withDocs"));
    expect(out).toContain("claim_id: required, and not there");
    expect(code).toBe(0);
  });

  it("finds a run by the start of its trace, and lists the runs without an id", async () => {
    expect((await cli(["show", "041a0cc5", OVERLOAD])).out).toMatch(/^run 041a0cc58da727d306c16c3fe799146d\n/);
    const { out } = await cli(["show", OVERLOAD]);
    expect(out.trimEnd().split("\n")).toHaveLength(27);
    expect(out.match(/^✗/gm)).toHaveLength(16);
  });

  it("says what there is when it finds nothing", async () => {
    const { code, err } = await cli(["show", "ffffffff", OVERLOAD]);
    expect(err).toContain("there is no run, call or trace ffffffff; runs are ");
    expect(code).toBe(2);
    expect((await cli(["show"])).code).toBe(2);
  });

  it("shows the calls of a log, which has no spans, without secrets and escapes", async () => {
    const path = join(dir, "app.log");
    writeFileSync(path, FAILING.replace("C-1042", "sk-proj-Abc123Def456Ghi789 \u001b[31m"));
    const { out } = await cli(["show", "call_q8Zt1", path]);
    expect(out).toContain("get_claim");
    expect(out).toContain("unexpected keyword argument 'claimId'");
    expect(out).not.toContain("━");
    expect(out).not.toContain("Abc123Def456Ghi789");
    expect(out).not.toContain("\u001b");
  });

  it("gives all of it as JSON", async () => {
    const view = JSON.parse((await cli(["show", "-f", "json", ARGUMENT])).out) as RunView;
    expect(view).toMatchObject({ schema: "misfire.show/1", framework: "openai-agents", dropped: 0 });
    expect(view.spans.map(({ depth }) => depth)).toEqual([0, 1, 2, 2, 2]);
    expect(view.calls[0]).toMatchObject({
      id: "call_u1",
      tool: "get_claim_file",
      argumentsRaw: '{"claimId": "CLM-20977", "withDocs": true}',
    });
    expect(view.calls[0]!.violations.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      "unexpected claimId",
      "unexpected withDocs",
      "missing claim_id",
    ]);
    expect(view.calls[0]!.life.validated).toBe("failed");
  });
});
