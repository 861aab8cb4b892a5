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

describe("general words", () => {
  const log = (level: string) =>
    [
      `2026-03-01 12:00:01,000 INFO agent: tool call get_weather`,
      `2026-03-01 12:00:02,000 ${level} agent: cannot pass more than 64 functions`,
      `2026-03-01 12:00:03,000 INFO agent: done`,
      "",
    ].join("\n");

  it("explain a failure that nothing else explains", async () => {
    const { incidents, unclassified } = await diagnose(log("ERROR"));
    expect(incidents.map((i) => [i.classifier, i.facts["limit"], i.evidence[0]?.line])).toEqual([
      ["schema/limits-exceeded", "64", 2],
    ]);
    expect(unclassified).toEqual([]);
  });

  it("are not looked for in what is no failure", async () => {
    const { incidents, unclassified } = await diagnose(log("DEBUG"));
    expect([incidents, unclassified]).toEqual([[], []]);
  });
});
