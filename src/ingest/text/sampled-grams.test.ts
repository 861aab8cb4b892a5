import { expect, test } from "vitest";
import { prefilterContract } from "./prefilter.contract.ts";
import { createSampledGrams } from "./sampled-grams.ts";

prefilterContract("sampled grams", (literals) => createSampledGrams(literals));
prefilterContract("sampled grams without WebAssembly", (literals) => createSampledGrams(literals, "js"));

test.each([7, 6, 5])("both engines find the same in a long text, wherever a block of it ends (shortest literal: %i)", (shortest) => {
  const literals = ["unexpected keyword", "not found in any", "is not json serializable", "rate_limit".slice(0, shortest)];
  const text = Array.from({ length: 60_000 }, (_, i) => (i % 997 === 0 ? `${" ".repeat(i % 7)}${literals[i % 4]!} ` : `filler ${i} of an ordinary log line without any trouble. `)).join("");
  const bytes = new TextEncoder().encode(text);
  const hits = (engine: "wasm" | "js") => {
    const found: string[] = [];
    createSampledGrams(literals, engine).scan(bytes, 3, bytes.length - 5, (offset, id) => found.push(`${offset} ${id}`));
    return found;
  };
  expect(bytes.length).toBeGreaterThan(2 << 20);
  expect(hits("wasm")).toEqual(hits("js"));
  expect(hits("js")).toHaveLength(61 - 1);
});
