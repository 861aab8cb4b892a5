import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { diagnose } from "../src/index.ts";

/**
 * What the SDKs of tracing products send or their tools save, recorded from real programs against a scripted model and
 * cut small: `<product>-<form>-<story>`. Every product tells the same stories, so the story is the verdict.
 */
const STORIES: Record<string, string[]> = {
  unknown: ["registration/unknown-tool search_claims"],
  misnamed: ["arguments/unexpected-argument get_claim claimId"],
  raises: ["execution/tool-raised premium_with_tax"],
  badjson: ["arguments/truncated get_claim"],
  p400: ["schema/invalid-schema get_claim"],
  renamed: ["arguments/unexpected-argument get_claim_status claimId"],
  corrected: ["arguments/unexpected-argument get_claim claimId"],
  healthy: [],
  talks: [],
};

const folder = new URL("saved/", import.meta.url);

test.each(readdirSync(folder))("%s", async (file) => {
  const [name = ""] = file.split(".");
  const story = name.slice(name.lastIndexOf("-") + 1);
  const bytes = readFileSync(new URL(file, folder));
  const { incidents, sources, totals, coverage, unclassified } = await diagnose({
    [file]: file.endsWith(".gz") ? gunzipSync(bytes) : bytes,
  });
  expect(sources[0]?.format).toBe(
    FORMATS.find(([prefix]) => file.startsWith(prefix))?.[1] ?? name.slice(0, name.indexOf("-")),
  );
  expect(incidents.map(({ classifier, tool, facts }) => said(classifier, tool, facts["argument"]))).toEqual(
    STORIES[story],
  );
  expect(totals).toMatchObject(
    story === "healthy" || story === "talks" ? { requested: 2, answered: 2 } : { failed: 1 },
  );
  expect(coverage.dropped).toEqual({});
  // the run that ended with its tool's exception may say it again
  expect(unclassified.map(({ template }) => template)).toEqual(
    unclassified.map(() => expect.stringMatching(/KeyError|^'\*'$/)),
  );
});

/** Where the format is not named as the product. */
const FORMATS: readonly (readonly [string, string])[] = [
  ["langfuse-otel-js", "otlp-json"],
  ["langfuse-otel-graph", "otlp-proto"],
  ["google-trace", "google-trace"],
];

/** The argument is a fact of causes that are about arguments. */
function said(classifier: string, tool: string | null, argument: string | undefined): string {
  return [classifier, tool, classifier.endsWith("-argument") ? argument : null]
    .filter((part) => part != null)
    .join(" ");
}
