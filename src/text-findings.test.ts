import { describe, expect, it } from "vitest";
import { diagnose } from "./index.ts";

const WORDS = "TypeError: search_docs() got an unexpected keyword argument 'queryText'. Did you mean 'query_text'?";

describe("words that any program may print", () => {
  it("count where they are all that was pasted", async () => {
    const { incidents } = await diagnose(`${WORDS}\n`);
    expect(incidents.map((i) => [i.classifier, i.tool, i.facts["nearest"]])).toEqual([
      ["arguments/unexpected-argument", "search_docs", "query_text"],
    ]);
  });

  it("do not count in a log that shows no agent", async () => {
    const at = (second: number) => `2026-03-01 12:00:${String(second).padStart(2, "0")},000`;
    const log = `${at(1)} INFO web: GET /docs 200\n${at(2)} ERROR web: ${WORDS}\n${at(3)} INFO web: GET /docs 200\n`;
    const { incidents, unclassified } = await diagnose(log);
    expect(incidents).toEqual([]);
    expect(unclassified).toHaveLength(1);
  });

  it("say nothing of a paste without a failure", async () => {
    const { incidents, unclassified } = await diagnose("The docs say that keyword arguments are optional.\n");
    expect([incidents, unclassified]).toEqual([[], []]);
  });
});
