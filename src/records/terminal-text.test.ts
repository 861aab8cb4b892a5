import { describe, expect, it } from "vitest";
import { terminalLine, terminalText } from "./terminal-text.ts";

describe("terminalText", () => {
  it("drops escape sequences of every kind", () => {
    expect(terminalText("\u001b[31mred\u001b[0m")).toBe("red");
    expect(terminalText("a\u001b]0;title\u0007b\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\")).toBe("ablink");
    expect(terminalText("\u009b2Jx")).not.toMatch(/[\u001b\u0080-\u009f]/);
  });

  it("shows or drops everything that could move the cursor or reorder the text", () => {
    for (let code = 0; code < 0x10000; code++) {
      const out = terminalText(`a${String.fromCharCode(code)}b`);
      expect(out).not.toMatch(
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/,
      );
    }
    expect(terminalText("a\u202egpj.exe")).toBe("agpj.exe");
    expect(terminalText("x\u{e0041}y\ud800z")).toBe("xy\ufffdz");
    expect(terminalText("a\0b\u0008")).toBe("a\u2400b\u2408");
  });

  it("leaves printed text of any language alone", () => {
    for (const text of ["naïve 日本語 한국어 עברית العربية", "emoji 👩‍🚀 ok", "plain\nlines", "    indented"])
      expect(terminalText(text)).toBe(text);
  });

  it("puts lines into one", () => {
    expect(terminalLine("a\r\n  b\n\n \nc\td")).toBe("a ⏎ b ⏎ c    d");
    const begun = performance.now();
    terminalLine(`x\n${" ".repeat(1_000_000)}y`);
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
