import { expect, test } from "vitest";
import { inRange, versionSteps, versionsInText } from "./package-versions.ts";

test.each([
  ["0.7.5", ">=0.5.5", true],
  ["0.5.4", ">=0.5.5", false],
  ["0.5.4", ">=0.4,<0.5.5", true],
  ["0.10.0", ">=0.9", true],
  ["2.3.0", "<2.0", false],
  ["1.2.3", "*", true],
  ["0.5.7", "0.5.x", true],
  ["0.51.0", "0.5.x", false],
])("%s in %s: %s", (version, range, expected) => {
  expect(inRange(version, range)).toBe(expected);
});

test("versions are read from paths and user agents", () => {
  const versions = versionsInText(
    "at run (/app/node_modules/.pnpm/@ai-sdk+openai@4.0.118_zod@4.1.0/node_modules/x.js)\nUser-Agent: AsyncOpenAI/Python 1.109.1\n/lib/site-packages/pydantic_ai-1.107.10.dist-info/x",
  );
  expect(Object.fromEntries(versions)).toEqual({
    "@ai-sdk/openai": "4.0.118",
    "pydantic-ai": "1.107.10",
    openai: "1.109.1",
  });
});

test("a step names the version that runs, or the versions that have the bug", () => {
  const note = {
    package: "autogen-ext",
    range: "<=0.7.4",
    note: "A server that fails to start hangs the run",
    fixedIn: "0.7.5",
  };
  expect(versionSteps([note], new Map([["autogen-ext", "0.7.4"]]))).toEqual([
    "autogen-ext 0.7.4 runs here: A server that fails to start hangs the run. autogen-ext 0.7.5 mends it.",
  ]);
  expect(versionSteps([note], new Map([["autogen-ext", "0.7.5"]]))).toEqual([]);
  expect(versionSteps([note], new Map())).toEqual([
    "With autogen-ext <=0.7.4: A server that fails to start hangs the run. autogen-ext 0.7.5 mends it.",
  ]);
});
