import { describe, expect, it } from "vitest";
import { logLine } from "./colours.ts";

const ESC = "\u001b";

describe("logLine", () => {
  it("keeps colours, and ends them", () => {
    expect(logLine(`${ESC}[31mred${ESC}[0m plain`, 80, true).line).toBe(`${ESC}[31mred${ESC}[0m plain${ESC}[0m`);
    expect(logLine(`${ESC}[38;5;208mo${ESC}[38;2;1;2;999mt`, 80, true).line).toBe(
      `${ESC}[38;5;208mo${ESC}[38;2;1;2;255mt${ESC}[0m`,
    );
  });

  it("passes on nothing else: no titles, no cursor, no fill, no conceal, no blink", () => {
    const hostile = `a${ESC}]0;title\u0007b${ESC}[2Jc${ESC}[?1049hd${ESC}[8;5;41me${ESC}[1;31mf\u0008${ESC}]52;c;aGk=\u0007`;
    const { line, text } = logLine(hostile, 80, true);
    expect(line.replaceAll(`${ESC}[1;31m`, "").replaceAll(`${ESC}[0m`, "")).not.toContain(ESC);
    expect(text).not.toContain(ESC);
    expect(text).toMatch(/^abcdef/);
  });

  it("loses its colours where they are not wanted, and where a secret is", () => {
    expect(logLine(`${ESC}[31mred`, 80, false)).toEqual({ line: "red", text: "red" });
    const secret = logLine(`${ESC}[31mkey sk-${ESC}[32mabcdefghijklmnop1234567890`, 80, true);
    expect(secret.line).toBe("key [redacted]");
  });

  it("is cut at the width, wide characters counted as two", () => {
    expect(logLine("日本語", 5, true).line).toBe("日本");
    expect(logLine(`${ESC}[31mabcdef`, 3, true).line).toBe(`${ESC}[31mabc${ESC}[0m`);
  });
});
