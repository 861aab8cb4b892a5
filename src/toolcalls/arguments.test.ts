import { expect, it } from "vitest";
import { argumentsKey, sameArguments } from "./arguments.ts";

it("compares arguments by what they say", () => {
  expect(argumentsKey('{"b": 1, "a": {"d": [1, 2], "c": null}}')).toBe('{"a":{"c":null,"d":[1,2]},"b":1}');
  expect(sameArguments('{"a": 1, "b": 2}', '{"b":2,"a":1}')).toBe(true);
  expect(sameArguments('{"a": 1}', '{"a": "1"}')).toBe(false);
  expect(sameArguments(null, '{"a": 1}')).toBe(true);
  expect(argumentsKey(" {'a': 1} ")).toBe("{'a': 1}");
  expect(argumentsKey(`${"[".repeat(50_000)}${"]".repeat(50_000)}`)).toContain("[[");
});
