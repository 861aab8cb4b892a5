import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { cli } from "./run.ts";

vi.setConfig({ testTimeout: 60_000 });

const dir = mkdtempSync(join(tmpdir(), "misfire-completion-"));
writeFileSync(join(dir, "app.log"), "");
afterAll(() => rmSync(dir, { recursive: true }));

const has = (shell: string): boolean => spawnSync(shell, ["-c", "exit"]).status === 0;

/** What the shell offers behind these words. */
const SHELLS: Record<string, (script: string, words: string[]) => string[]> = {
  bash(script, words) {
    const line = words.map((word) => `'${word}'`).join(" ");
    const run = `source '${script}'; COMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _misfire; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return output("bash", ["-c", run]);
  },
  fish(script, words) {
    return output("fish", ["-c", `source '${script}'; complete -C '${words.join(" ")}'`]).map(
      (line) => line.split("\t")[0]!,
    );
  },
  // zsh completes only in an interactive shell: an own compadd and _arguments show what would be offered.
  zsh(script, words) {
    const line = words.map((word) => `'${word}'`).join(" ");
    const run = `
      _arguments() { printf '%s\\n' "$@" }
      _describe() { printf '%s\\n' "\${(@P)4}" }
      compdef() { : }
      source '${script}'
      words=(${line}); CURRENT=${words.length}; _misfire`;
    return output("zsh", ["-fc", run]);
  },
};

function output(shell: string, args: string[]): string[] {
  const { stdout, stderr, status } = spawnSync(shell, args, { encoding: "utf8", cwd: dir });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return stdout.split("\n").filter(Boolean);
}

describe.each(Object.keys(SHELLS))("completion for %s", (shell) => {
  it.skipIf(!has(shell))("offers commands, flags, values and ids", async () => {
    const { out, code } = await cli(["completion", shell]);
    expect(code).toBe(0);
    const script = join(dir, `misfire.${shell}`);
    writeFileSync(script, out);
    const offered = (...words: string[]): string => SHELLS[shell]!(script, ["misfire", ...words]).join("\n");
    expect(offered("")).toMatch(/^explain/m);
    expect(offered("--fo")).toContain("--format");
    expect(offered("explain", "arg")).toContain("arguments/unexpected-argument");
    expect(offered("classifiers", "")).toMatch(/\blint\b/);
    expect(offered("demo", "--ver")).toContain("--verbose");
    if (shell === "zsh") return;
    expect(offered("--format", "").split("\n").sort()).toEqual(["json", "ndjson", "text"]);
    expect(offered("--format", "nd")).toBe("ndjson");
    expect(offered("--only", "flow")).toMatch(/^flow$/m);
    expect(offered("app")).toBe("app.log");
    expect(offered("explain", "--for")).toBe("");
  });
});
