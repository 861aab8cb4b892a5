import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { linesOf, readBytes, readCapture } from "./testdata/said.ts";
import { toJaeger } from "./testdata/to-jaeger.ts";

/** What real frameworks emit: the dialects that read it, and every fact once. */
const CAPTURES = JSON.parse(readFileSync(new URL("testdata/captures.json", import.meta.url), "utf8")) as {
  capture: string;
  dialects: string;
  facts: string[];
}[];

test.each(CAPTURES)("$capture", ({ capture, dialects, facts }) => {
  const said = readCapture(capture);
  expect([...said.dialects].sort().join(" ")).toBe(dialects);
  expect(linesOf(said)).toEqual(facts);
});

test("the calls of spans are those that went over the wire", () => {
  const calls = (name: string): string[] =>
    [
      ...new Set(
        linesOf(readCapture(name))
          .filter((line) => line.startsWith("requested"))
          .map((line) => line.replaceAll(/[\s"]/g, "")),
      ),
    ].sort();
  for (const name of [
    "ai-sdk@7.0.173/healthy-parallel+native",
    "langchain-js@1.5.14/invalid-tool-calls+openinference",
    "crewai@1.15.30/healthy-one-tool+openinference",
    "openai-agents@0.24.0/healthy-two-tools+openinference",
  ]) {
    expect(calls(`${name}/traces.jsonl`)).toEqual(calls(`${name}/requests.jsonl`));
  }
});

test("Jaeger JSON of the same spans says the same", () => {
  for (const { capture } of CAPTURES.filter((each) => each.capture.endsWith("traces.jsonl"))) {
    const otlp = readFileSync(new URL(`../../test/captures/${capture}`, import.meta.url));
    expect(linesOf(readBytes(toJaeger(otlp))).sort(), capture).toEqual(linesOf(readBytes(otlp)).sort());
  }
});
