import { describe, expect, test } from "vitest";
import { isChore, isHarmless, isQuotedLine } from "./harmless.ts";

describe("isChore", () => {
  const refresh =
    "AI SDK Warning: x\n[ModelProviderRegistry] Auto-refresh failed: [TypeError: fetch failed] {\n  [cause]: Error: getaddrinfo ENOTFOUND models.dev\n      at onlookupall (node:dns:123:26) {\n    code: 'ENOTFOUND'\n  }\n}\nANSWER: fetch failed";

  test("takes the line of the match and the causes indented under it", () => {
    expect(isChore(refresh, refresh.indexOf("fetch failed"))).toBe(true);
    expect(isChore(refresh, refresh.indexOf("ENOTFOUND models"))).toBe(true);
  });

  test("leaves what stands beside it", () => {
    expect(isChore(refresh, refresh.lastIndexOf("fetch failed"))).toBe(false);
    const folded =
      'LiteLLM: Failed to fetch remote model cost map after 3 attempts; retry later\nTraceback (most recent call last):\n  File "/a.py", line 1\nTypeError: boom';
    expect(isChore(folded, folded.indexOf("TypeError"))).toBe(false);
  });
});

describe("isHarmless", () => {
  const at = (line: string, words: string): boolean => {
    const start = line.indexOf(words);
    return isHarmless(line, start, start + words.length);
  };

  test.each([
    "fix(llm): rate limit exceeded for provider acme",
    "- docs: rate limit exceeded, what to do",
    "3f2a91c feat!: rate limit exceeded is shown in red",
    'assert reply == 429, "rate limit exceeded"',
  ])("takes a commit subject or an assertion for talk: %s", (line) => {
    expect(at(line, "rate limit exceeded")).toBe(true);
  });

  test("takes the text of a link for talk", () => {
    expect(at("- [`AI_RetryError`](/docs/errors/retry): see there", "AI_RetryError")).toBe(true);
    expect(at("AI_RetryError: failed (see docs)", "AI_RetryError")).toBe(false);
  });

  test.each(["Error: rate limit exceeded", "prefix: rate limit exceeded", "test: LLMError: rate limit exceeded"])(
    "leaves an error line: %s",
    (line) => {
      expect(at(line, "rate limit exceeded")).toBe(false);
    },
  );
});

describe("isQuotedLine", () => {
  const said = 'Output: "2 hits\\n10:00 ERROR tool x failed: timed out"';
  const at = (body: string, text = body) => isQuotedLine(body, text, body.indexOf("tool x"));

  test("tells lines of a quoted text by their breaks, written or read", () => {
    expect(at(said)).toBe(true);
    expect(at(said.replace("\\n", "\n"), said)).toBe(true);
    expect(at('Output: "2 hits"\nERROR tool x failed: timed out')).toBe(false);
    expect(at("ERROR tool x failed: timed out")).toBe(false);
    expect(at('Output: "Traceback (most recent call last):\\n tool x failed"')).toBe(false);
  });
});
