import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { BIN } from "./cli/run.ts";

vi.setConfig({ testTimeout: 60_000 });

const root = fileURLToPath(new URL("..", import.meta.url));
const PAGES = ["README.md", "docs/library.md", "docs/your-own-classifiers.md"];

/**
 * Blocks marked `<!-- run -->` run as they stand, in a folder like a clone; `<!-- run: library -->` as a program that
 * has misfire installed. Those marked `<!-- run: clone -->` are run by .ci/run, in a fresh clone.
 */
const blocks = PAGES.flatMap((page) =>
  [...readFileSync(join(root, page), "utf8").matchAll(/<!-- run(?:: (\w+))? -->\n```(\w+)\n(.*?)\n```/gs)].map(
    ([, kind = "shell", , code = ""]) => ({ page, kind, code }),
  ),
);

let dir = "";
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "misfire-readme-"));
  for (const name of ["samples", "docs"]) symlinkSync(join(root, name), join(dir, name));
  // npx finds the program of the package that it stands in; here a file of that name does the same without npm's own start.
  mkdirSync(join(dir, "path"));
  writeFileSync(
    join(dir, "path", "npx"),
    `#!/bin/sh\n[ "$1" = misfire ] || exit 64\nshift\nexec '${process.execPath}' '${BIN}' "$@"\n`,
    { mode: 0o755 },
  );
  mkdirSync(join(dir, "node_modules"));
  symlinkSync(root, join(dir, "node_modules", "misfire"));
});
afterAll(() => rmSync(dir, { recursive: true }));

describe("the README", () => {
  it("has the two commands, and blocks to run", () => {
    const clone = blocks.filter(({ kind }) => kind === "clone").map(({ code }) => code);
    expect(clone).toEqual(["npm ci && npm start", "npm ci && npm test"]);
    expect(blocks.filter(({ kind }) => kind === "shell").length).toBeGreaterThanOrEqual(2);
  });

  const shell = blocks
    .filter(({ kind }) => kind === "shell")
    .flatMap(({ page, code }) => code.split("\n").map((line) => [page, line] as const));
  it.each(shell)("%s: %s", (_page, line) => {
    // without a shell above it bash takes the pipe for a network connection, and reads its start-up files
    const { status, stderr } = spawnSync("bash", ["--norc", "-euo", "pipefail", "-c", line], {
      cwd: dir,
      encoding: "utf8",
      env: { ...process.env, PATH: `${join(dir, "path")}:${process.env["PATH"]}` },
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  it.each(blocks.filter(({ kind }) => kind === "library").map(({ page, code }, index) => [page, index, code] as const))(
    "%s: library block %i",
    (_page, index, code) => {
      const file = join(dir, `block-${index}.mts`);
      writeFileSync(file, code);
      expect(execFileSync(process.execPath, [file], { cwd: dir, encoding: "utf8" })).toMatch(/\S/);
    },
  );

  it("links to pages that are there", () => {
    for (const page of [
      "README.md",
      "CONTRIBUTING.md",
      ...["cli", "facts", "inputs", "library", "reading-a-report", "your-own-classifiers"].map(
        (name) => `docs/${name}.md`,
      ),
    ]) {
      for (const [, target = ""] of readFileSync(join(root, page), "utf8").matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
        expect(() => readFileSync(join(root, page, "..", target)), `${page} links to ${target}`).not.toThrow();
      }
    }
  });
});
