import { describe, expect, test } from "vitest";
import { isChore } from "./harmless.ts";

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
