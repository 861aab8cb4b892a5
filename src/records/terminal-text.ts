import { stripVTControlCharacters } from "node:util";

/**
 * A text of the input made safe for a terminal: no escape sequences, no control characters but newline, no bidi
 * overrides or other invisible characters. Tabs become spaces; other control characters are shown as pictures (`␀`).
 */
export function terminalText(text: string): string {
  if (!UNSAFE.test(text)) return text;
  return stripVTControlCharacters(text)
    .replace(/\r\n?/g, "\n")
    .replace(/\t/g, "    ")
    .replace(CONTROL, picture)
    .replace(INVISIBLE, "")
    .toWellFormed();
}

/** The same on one line: line breaks become `⏎`, blank lines are left out. */
export function terminalLine(text: string): string {
  const safe = terminalText(text);
  if (!safe.includes("\n")) return safe;
  const [first = "", ...more] = safe.split("\n");
  return [first.trimEnd(), ...more.map((line) => line.trim()).filter(Boolean)].join(" ⏎ ");
}

const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;
/** Bidi marks, embeddings and isolates, zero-width characters, separators, tags, interlinear and variation marks, fillers. */
const INVISIBLE =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]|[\u{e0000}-\u{e0fff}]/gu;
const UNSAFE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff]/;

function picture(char: string): string {
  const code = char.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\ufffd";
}
