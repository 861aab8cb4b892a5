import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMAND_NAMES, commandOf } from "../../src/cli/commands.ts";
import { FLAG_NAMES, variableOf } from "../../src/cli/flags.ts";
import { FAILING, HEALTHY } from "./logs.ts";
import { cli } from "./run.ts";

const dir = mkdtempSync(join(tmpdir(), "misfire-cli-"));
afterAll(() => rmSync(dir, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(dir, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  return path;
}

let failing = "";
let healthy = "";
beforeAll(() => {
  failing = file("failing.log", FAILING);
  healthy = file("healthy.log", HEALTHY);
});

describe("misfire FILE", () => {
  it("names the cause and fails", async () => {
    const { code, out, err } = await cli([failing]);
    expect(out).toContain("arguments/unexpected-argument");
    expect(out).toContain(`${failing}:`);
    expect(err).toBe("");
    expect(code).toBe(1);
  });

  it("is quiet about a healthy run", async () => {
    const { code, out } = await cli([healthy]);
    expect(out).toContain("No failed tool call found.");
    expect(code).toBe(0);
  });

  it("gives the same report as JSON, archives and directories included", async () => {
    file("tree/run.log.gz", gzipSync(FAILING));
    file("tree/logo.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]));
    for (const path of [failing, join(dir, "tree")]) {
      const { code, out } = await cli(["--format", "json", path]);
      const report = JSON.parse(out) as { schema: string; incidents: { classifier: string }[]; sources: unknown[] };
      expect(report.schema).toBe("misfire.report/1");
      expect(report.incidents[0]?.classifier).toBe("arguments/unexpected-argument");
      expect(report.sources).toHaveLength(1);
      expect(code).toBe(1);
    }
  });

  it("ends with the code that --fail-on, --only and --ignore ask for", async () => {
    expect((await cli([failing, "--fail-on", "never"])).code).toBe(0);
    expect((await cli([failing, "--only", "schema"])).code).toBe(0);
    expect((await cli([failing, "--only", "arguments"])).code).toBe(1);
    const ignored = await cli([failing, "--ignore", "arguments/unexpected-argument", "--format", "json"]);
    expect(ignored.code).toBe(0);
    expect(JSON.parse(ignored.out)).toMatchObject({ verdict: "clean", incidents: [] });
  });

  it("keeps files to themselves with --separate", async () => {
    const { code, out } = await cli([failing, healthy, "--separate"]);
    expect(out).toContain("arguments/unexpected-argument");
    expect(out).toContain("No failed tool call found.");
    expect(code).toBe(1);
  });

  it("shows lines around the evidence with --context", async () => {
    for (const path of [file("context.log", FAILING), file("context.log.gz", gzipSync(FAILING))]) {
      const { out } = await cli([path, "--context", "1"]);
      expect(out).toMatch(/-{10} claims_agent -{10}\n.*> .*TypeError: get_claim\(\).*\n.*I could not read the claim/);
    }
    expect((await cli([failing, "--context", "2", "--separate"])).out).toContain("---------- claims_agent");
  });

  it("never prints a secret or an escape sequence of the input", async () => {
    const path = file(
      "secret.log",
      FAILING.replace("'claimId'\"", "'claimId' (sk-proj-Abc123Def456Ghi789 \u001b]0;pwned\u0007\u001b[2J)\""),
    );
    for (const format of ["text", "json", "ndjson"]) {
      const { out } = await cli([path, "--format", format, "-v", "-u", "--color", "never"]);
      expect(out).toContain("unexpected-argument");
      expect(out).not.toContain("Abc123Def456");
      expect(out).not.toContain("\u001b");
    }
  });
});

describe("inputs that cannot be read", () => {
  it("are one clear line and code 3, and the rest is read", async () => {
    const { code, out, err } = await cli([join(dir, "failin.log"), failing]);
    expect(err).toBe(`misfire: ${dir}/failin.log: no such file or directory; did you mean ${dir}/failing.log?\n`);
    expect(out).toContain("arguments/unexpected-argument");
    expect(code).toBe(3);
  });

  it("leave a JSON report all the same", async () => {
    const { code, out } = await cli([join(dir, "nothing.log"), "--format", "json"]);
    expect(JSON.parse(out)).toMatchObject({ schema: "misfire.report/1", verdict: "no-agent-data", sources: [] });
    expect(code).toBe(3);
  });

  it("tell of a mistyped command", async () => {
    expect((await cli(["explian"])).err).toContain("did you mean the command explain?");
  });

  it("are read up to where an archive is cut", async () => {
    const archive = gzipSync(`${FAILING}${"x".repeat(20)}\n`.repeat(400));
    const path = file("cut.gz", archive.subarray(0, archive.length - 30));
    const { code, out, err } = await cli([path, "--format", "json"]);
    expect(err).toContain("the gzip archive ends early");
    expect(JSON.parse(out)).toMatchObject({
      verdict: "failures",
      coverage: { dropped: { "the gzip archive ends early; what came before the cut was read": 1 } },
    });
    expect(code).toBe(1);
  });

  it("may be empty", async () => {
    const { code, out } = await cli([file("empty.log", "")]);
    expect(out).toBe("Nothing to diagnose: the input is empty.\n");
    expect(code).toBe(0);
    mkdirSync(join(dir, "bare"), { recursive: true });
    expect((await cli([join(dir, "bare")])).out).toContain("Nothing to diagnose");
  });
});

describe("wrong usage", () => {
  it.each([
    [["--fromat"], "unknown option --fromat; did you mean --format?"],
    [["explain"], "explain takes one classifier id"],
    [["explain", "unexpected-argment"], "did you mean unexpected-argument?"],
    [["--only", "argument", "x"], "--only: there is no cause or layer argument; did you mean arguments?"],
    [["--format-in", "jager", "x"], "--format-in: there is no format jager; did you mean jaeger?"],
    [["--since", "soon", "x"], '--since: "soon" is no time'],
    [["classifiers", "lst"], "did you mean list?"],
    [["classifiers", "list", "--layer", "schemas"], "did you mean schema?"],
    [["explain", "x", "--format", "json"], "misfire explain has no option --format (misfire help explain)"],
    [["demo", "nothing"], "demo takes one of"],
    [["completion", "tcsh"], "bash, zsh or fish"],
    [["help", "--fromat"], "did you mean --format?"],
    [["--classifiers", "nowhere", "x"], "nowhere: no such file or folder"],
  ])("%j", async (argv, message) => {
    const { code, out, err } = await cli(argv);
    expect(err).toMatch(/^misfire: [^\n]*\n$/);
    expect(err).toContain(message);
    expect(out).toBe("");
    expect(code).toBe(2);
  });
});

describe("help", () => {
  it("is printed for no input on a terminal", async () => {
    const asked = await cli(["--help"]);
    expect(await cli([], { inIsTerminal: true })).toEqual(asked);
    expect(asked.code).toBe(0);
  });

  it("fits 80 columns and names every command and every flag of diagnose", async () => {
    const { out } = await cli(["--help"], { columns: 80 });
    for (const name of COMMAND_NAMES) expect(out).toContain(`  ${name} `);
    for (const name of commandOf("diagnose").flags) expect(out).toContain(`--${name}`);
    for (const line of out.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it("has a page for each command and each flag", async () => {
    for (const name of COMMAND_NAMES) {
      expect((await cli([name, "--help"])).out).toContain(`Usage: misfire ${name}`);
      expect((await cli(["help", name])).out).toBe((await cli([name, "--help"])).out);
    }
    for (const name of FLAG_NAMES) {
      const { out, code } = await cli(["help", `--${name}`]);
      expect(out).toContain(variableOf(name) ?? `--${name}`);
      expect(code).toBe(0);
    }
  });

  it("prints the version", async () => {
    expect((await cli(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("classifiers", () => {
  it("are listed, by layer and as JSON", async () => {
    const { out } = await cli(["classifiers", "list", "--layer", "arguments"]);
    expect(out).toMatch(/^arguments\/unexpected-argument +The model passes an argument that the tool does not have$/m);
    expect(out).not.toContain("schema/");
    const all = JSON.parse((await cli(["classifiers", "list", "--json"])).out) as { id: string }[];
    expect(all.map(({ id }) => id)).toContain("arguments/unexpected-argument");
  });

  it("are explained by id or by its last part", async () => {
    const { out, code } = await cli(["explain", "arguments/unexpected-argument"]);
    expect(out).toMatch(/Cause\n[^]*Fix\n[^]*Code for[^]*What it looks like\n/);
    expect((await cli(["classifiers", "show", "unexpected-argument"])).out).toBe(out);
    expect(code).toBe(0);
  });

  it("are drafted from a message, and the draft is tested", async () => {
    const { out, code } = await cli([
      "classifiers",
      "new",
      "execution/order-locked",
      "--from",
      "Order 42 is locked by 'agent 7'",
    ]);
    expect(code).toBe(0);
    const path = file("pack/order-locked.yaml", out.replaceAll("TODO: ", ""));
    const tested = await cli(["classifiers", "test", path]);
    expect(tested.out).toContain("1 classifiers, 3 examples, 0 failed");
    expect(tested.code).toBe(0);
  });

  it("of a folder that is broken are wrong usage", async () => {
    const path = file("broken/x.yaml", "id: nothing/here\n");
    const { code, err } = await cli(["--classifiers", path, failing]);
    expect(err).toMatch(/^misfire: [^\n]*x\.yaml: [^\n]*\n$/);
    expect(code).toBe(2);
  });
});
