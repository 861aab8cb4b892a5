import { expect, test } from "vitest";
import { backtrackingRisk } from "./backtracking.ts";

test.each(["(a+)+$", "(?:\\w+\\s*)*x", ".*foo.*bar", "\\w+\\w+x", "[^,]*,?[^;]*;"])("%s is refused", (pattern) => {
  expect(backtrackingRisk(pattern)).not.toBeNull();
});

test.each([
  "got an unexpected keyword argument '(?<argument>[^']{1,120})'",
  "\\w+ is not \\w+",
  "(?:Missing|Absent) parameter",
  "(?<tool>[\\w.]{1,80})\\(\\)",
  "a{2,5}b*",
])("%s passes", (pattern) => {
  expect(backtrackingRisk(pattern)).toBeNull();
});
