import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

/**
 * Who may import from whom: data flows one way (DESIGN). A folder may use those to its left, and itself. `root` are the
 * files of src/ itself, which put the parts together.
 */
const PURE = [
  "records",
  "ingest",
  "signatures",
  "dialects",
  "toolcalls",
  "detectors",
  "diagnosis",
  "compare",
  "lint",
  "reporters",
];
const MAY: Record<string, readonly string[]> = {
  ...Object.fromEntries(PURE.map((folder, index) => [folder, PURE.slice(0, index + 1)])),
  root: ["root", ...PURE],
  sources: ["sources", "records"],
  live: ["live", "root", "records"],
  "mcp-server": ["mcp-server", "root", "sources", "reporters", "records"],
  cli: ["cli", "root", "live", "mcp-server", "sources", "reporters", "records", "tui"],
  tui: ["tui", "root", "live", "sources", "reporters", "records"],
  instrumentation: ["instrumentation", "root", "records"],
};
/** Parts of Node that pure code may use: they compute, and touch nothing. */
const COMPUTING = new Set(["node:util", "node:crypto", "node:buffer", "node:zlib"]);
/** Packages that pure folders use; none of them is on the scan path. */
const PACKAGES: Record<string, readonly string[]> = { signatures: ["zod", "@eslint-community/regexpp"] };
/** What pure code may not name: the process, the terminal, clocks and timers. */
const IMPURE =
  /\b(?:process\.|console\.|setTimeout|setInterval|setImmediate|fetch\(|Date\.now|performance\.|Math\.random|new Date\(\))/;

/** Tests and what only tests use lie beside the code. */
const TESTING = /\.(?:test|contract|arbitrary|fixture)\.tsx?$|(?:^|\/)testdata\//;

const src = fileURLToPath(new URL("../src/", import.meta.url));
const files = globSync("**/*.{ts,tsx}", { cwd: src }).filter((file) => !TESTING.test(file));

const folderOf = (file: string): string => (file.includes("/") ? file.slice(0, file.indexOf("/")) : "root");

/** Everything named in an import or export from, also `import()`. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(src, file), "utf8");
  return [
    ...text.matchAll(/^(?:import|export)\b[^;"]*?\bfrom\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\(\s*"([^"]+)"/gm),
  ].map((match) => (match[1] ?? match[2] ?? match[3])!);
}

describe("imports", () => {
  it("finds the files", () => expect(files.length).toBeGreaterThan(100));

  it.each(Object.keys(MAY))("of %s go one way", (folder) => {
    const wrong = files
      .filter((file) => folderOf(file) === folder)
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => target.startsWith("."))
          .map((target) => folderOf(relative(src, join(src, dirname(file), target))))
          .filter((target) => !MAY[folder]!.includes(target))
          .map((target) => `${file} imports from ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it("know every folder of src", () => {
    expect(files.map(folderOf).filter((folder) => !(folder in MAY))).toEqual([]);
  });

  it("end in .ts, as Node and tsc want them", () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => target.startsWith(".") && !/\.tsx?$/.test(target))
        .map((target) => `${file}: ${target}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe("pure folders", () => {
  const pure = files.filter((file) => PURE.includes(folderOf(file)));

  it("import nothing of Node that touches the world, and no package but those that they need", () => {
    const wrong = pure.flatMap((file) =>
      importsOf(file)
        .filter(
          (target) => !target.startsWith(".") && !COMPUTING.has(target) && !PACKAGES[folderOf(file)]?.includes(target),
        )
        .map((target) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it("touch neither the process nor the terminal nor the clock", () => {
    const wrong = pure.flatMap((file) =>
      readFileSync(join(src, file), "utf8")
        .split("\n")
        .flatMap((line, index) =>
          IMPURE.test(line.replace(/\/\/.*|^\s*\*.*|\/\*\*.*|"(?:[^"\\]|\\.)*"|`[^`]*`|\/(?:[^/\\]|\\.)+\/[a-z]*/g, ""))
            ? [`${file}:${index + 1}: ${line.trim()}`]
            : [],
        ),
    );
    expect(wrong).toEqual([]);
  });
});

describe("the scan path", () => {
  it("loads neither YAML nor zod, so that a start stays fast", () => {
    const seen = new Set<string>();
    const packages = new Set<string>();
    const open = ["cli/main.ts", "cli/commands/diagnose.ts", "index.ts"];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      for (const match of readFileSync(join(src, file), "utf8").matchAll(
        /^(?:import|export)\b(?! type)[^;"]*?\bfrom\s+"([^"]+)"/gm,
      )) {
        const target = match[1]!;
        if (target.startsWith(".")) open.push(relative(src, join(src, dirname(file), target)));
        else if (!target.startsWith("node:")) packages.add(target);
      }
    }
    expect([...packages]).toEqual([]);
    expect(seen.size).toBeGreaterThan(50);
  });
});
