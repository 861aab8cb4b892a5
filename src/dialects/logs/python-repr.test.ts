import { describe, expect, it } from "vitest";
import { parsePython, PythonCall } from "./python-repr.ts";

const read = (text: string) => parsePython(text)?.value;

describe("parsePython", () => {
  it("reads literals", () => {
    expect(read("[1, -2.5, 'a\\'b', \"c\\n\", None, True, (1,), {'k': [False]}]")).toEqual([
      1,
      -2.5,
      "a'b",
      "c\n",
      null,
      true,
      [1],
      { k: [false] },
    ]);
  });

  it("reads AutoGen's calls and results", () => {
    const calls = read(
      `[FunctionCall(id='call_q8Zt1', arguments='{"claimId": "C-1042"}', name='get_claim')]`,
    ) as PythonCall[];
    expect(calls[0]!.name).toBe("FunctionCall");
    expect(calls[0]!.fields).toMatchObject({ id: "call_q8Zt1", arguments: '{"claimId": "C-1042"}', name: "get_claim" });
    const results = read(
      `[FunctionExecutionResult(content="1 validation error\\nclaim_id\\n  input_value={'claimId': 1}", name='x', call_id='c', is_error=True)]`,
    ) as PythonCall[];
    expect(results[0]!.fields["content"]).toBe("1 validation error\nclaim_id\n  input_value={'claimId': 1}");
    expect(results[0]!.fields["is_error"]).toBe(true);
  });

  it("reads nested reprs, datetimes, enums and unquoted names", () => {
    const event = read(
      "ToolCallEvent(id=call_ac1, at=datetime.datetime(2026, 1, 2, tzinfo=TzInfo(UTC)), kind=<Kind.A: 1>, x=<object at 0x7f>)",
    ) as PythonCall;
    expect(event.fields["id"]).toBe("call_ac1");
    expect(event.fields["kind"]).toBe("<Kind.A: 1>");
    expect((event.fields["at"] as PythonCall).name).toBe("datetime.datetime");
  });

  it("gives the end of the value", () => {
    const text = "{'a': 1} and more";
    expect(text.slice(parsePython(text)!.end)).toBe(" and more");
  });

  it("reads escapes of all kinds", () => {
    expect(read(String.raw`'\x41\u00e9\U0001f600\101\\'`)).toBe("Aé😀A\\");
  });

  it("refuses what is no value, is cut or nests too deeply", () => {
    expect(parsePython("")).toBeNull();
    expect(parsePython("[1, 2")).toBeNull();
    expect(parsePython("'abc")).toBeNull();
    expect(parsePython("[".repeat(100_000))).toBeNull();
    expect(parsePython("{'__proto__': {'x': 1}}")!.value).not.toHaveProperty("x");
  });
});
