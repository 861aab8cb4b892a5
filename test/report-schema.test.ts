import { Validator, type Schema } from "@cfworker/json-schema";
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { diagnose } from "../src/index.ts";
import { FACT_NAMES } from "../src/records/finding.ts";
import { sampleReport } from "./cli/sample-report.ts";

const schema = JSON.parse(readFileSync(new URL("../docs/report.schema.json", import.meta.url), "utf8")) as Schema;
const errorsOf = (value: unknown): string[] =>
  new Validator(schema, "2020-12", false)
    .validate(value)
    .errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);

it("describes a report with something of everything, and nothing else", () => {
  expect(errorsOf(sampleReport())).toEqual([]);
  expect(errorsOf({ ...sampleReport(), more: 1 })).not.toEqual([]);
  expect(errorsOf({ ...sampleReport(), verdict: "fine" })).not.toEqual([]);
});

it("describes the reports on the samples", async () => {
  const samples = new URL("../samples/", import.meta.url);
  const files = readdirSync(samples, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".log"));
  for (const name of files) {
    const report = await diagnose(readFileSync(new URL(name, samples)), { name });
    expect(errorsOf(JSON.parse(JSON.stringify(report))), name).toEqual([]);
  }
});

it("stands beside a page that lists every fact", () => {
  const page = readFileSync(new URL("../docs/facts.md", import.meta.url), "utf8");
  for (const name of FACT_NAMES) expect(page).toContain(`| \`${name}\` |`);
});
