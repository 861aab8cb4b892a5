import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { FAILING } from "./logs.ts";
import { BIN, start } from "./run.ts";

vi.setConfig({ testTimeout: 60_000 });

const dir = mkdtempSync(join(tmpdir(), "misfire-process-"));
const log = join(dir, "app.log");
writeFileSync(log, FAILING);
afterAll(() => rmSync(dir, { recursive: true }));

const sh = (command: string): { status: number | null; stdout: string; stderr: string } =>
  spawnSync("bash", ["-c", command.replaceAll("misfire", `'${process.execPath}' '${BIN}'`)], {
    encoding: "utf8",
    cwd: dir,
  });

describe("the program", () => {
  it("reads files, redirected files, pipes and named pipes alike", () => {
    for (const command of [
      "misfire app.log",
      "misfire < app.log",
      "misfire - < app.log",
      "cat app.log | misfire",
      "gzip -c app.log | misfire",
      "misfire <(cat app.log)",
      "(sleep 0.2; cat app.log) | misfire -",
    ]) {
      const { status, stdout, stderr } = sh(command);
      expect(stdout, command).toContain("arguments/unexpected-argument");
      expect(stderr, command).toBe("");
      expect(status, command).toBe(1);
    }
  });

  it("reads a pipe that is set to non-blocking", () => {
    // A child that inherits our pipe and reads it asynchronously leaves it non-blocking.
    const { status, stdout } = sh(
      `(sleep 0.3; cat app.log) | ('${process.execPath}' -e 'process.stdin.on("readable", () => 0); setTimeout(() => process.exit(), 100)'; misfire)`,
    );
    expect(stdout).toContain("arguments/unexpected-argument");
    expect(status).toBe(1);
  });

  it("says nothing when its reader goes away", () => {
    const { stdout, stderr } = sh(
      "for i in $(seq 300); do cat app.log; echo $i; done > many.log; misfire --format json --max-evidence 10000 many.log | head -c 10; misfire --help | true",
    );
    expect(stdout).toBe('{\n  "schem');
    expect(stderr).toBe("");
  });

  it("needs nothing on stdin", () => {
    expect(sh("misfire < /dev/null").stdout).toBe("Nothing to diagnose: the input is empty.\n");
    expect(sh("misfire <&-").status).toBe(0);
    expect(sh("misfire < .").stderr).toBe("misfire: stdin: is a directory; give its path instead\n");
  });

  it("reports what was found so far at Ctrl-C, with 130", async () => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const { child, ended } = start([]);
      child.stdin!.write(FAILING);
      setTimeout(() => child.kill(signal), 700);
      const { code, out, err } = await ended;
      expect(out).toContain("arguments/unexpected-argument");
      expect(err).toMatch(/^misfire: interrupted; the report is about the first \d+ bytes\n$/);
      expect(code).toBe(130);
    }
  });

  it("starts fast and loads nothing heavy for --help", () => {
    const script = `import(${JSON.stringify(BIN)}).then(() => setTimeout(() => console.error(JSON.stringify(process.moduleLoadList.length)), 50))`;
    execFileSync(process.execPath, ["--input-type=module", "-e", script, "--", "--help"], { stdio: "pipe" });
    const time = (args: string[]): number => {
      const times = Array.from({ length: 9 }, () => {
        const begun = performance.now();
        spawnSync(process.execPath, args);
        return performance.now() - begun;
      });
      return Math.min(...times);
    };
    const empty = join(dir, "empty.mjs");
    writeFileSync(empty, "");
    expect(time([BIN, "--help"]) - time([empty])).toBeLessThan(60);
  });

  it("tells users of an old Node what to run", () => {
    const script = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.20.0" } }); process.argv = ["node", "misfire", "app.log"]; import(${JSON.stringify(BIN)})`;
    const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
    expect(stderr).toBe(
      "misfire needs Node 22.15 or newer, and this is Node 18.20.0. Run it with: npx -y -p node@24 -p misfire misfire app.log\n",
    );
    expect(status).toBe(2);
  });

  it("does not wait for a writer that never comes", async () => {
    execFileSync("mkfifo", [join(dir, "pipe")]);
    const { child, ended } = start([join(dir, "pipe")]);
    setTimeout(() => child.kill("SIGINT"), 700);
    expect((await ended).code).toBe(130);
  });

  it("says when the report cannot be written", () => {
    let full: number;
    try {
      full = openSync("/dev/full", "w");
    } catch {
      return;
    }
    const { status, stderr } = spawnSync(process.execPath, [BIN, log], {
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    closeSync(full);
    expect(stderr).toContain("misfire: cannot write the report: ");
    expect(status).toBe(2);
  });
});
