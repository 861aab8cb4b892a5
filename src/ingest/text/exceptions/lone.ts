import { type Growing, growing } from "./exception.ts";
import type { Line } from "./lines.ts";

/** A text without any stack whose first line is `Type: message` with a name that only an exception has. */
export function readLone(lines: readonly Line[]): Growing[] {
  const first = lines.find((line) => line.text.trim() !== "");
  const match = first === undefined ? null : LONE.exec(first.text);
  if (match === null) return [];
  const [, space, type, code, message] = match;
  const bracketed = space!.endsWith("[");
  const rows: string[] = [bracketed ? (message ?? "").replace(/\]$/, "") : (message ?? "")];
  let last = first!;
  for (const line of lines.slice(lines.indexOf(first!) + 1, lines.indexOf(first!) + 200)) {
    if (line.text.trim() === "") break;
    rows.push(line.text);
    last = line;
  }
  const found = growing(languageOf(type!, code), type!, rows.join("\n"), first!.start + space!.length, last.end);
  if (code !== undefined) found.code = code;
  return [found];
}

const LONE =
  /^(\s*\[?)((?:[A-Za-z_]\w{0,80}\.){0,10}(?:(?:[A-Z]\w{0,80})?(?:Error|Exception)|[A-Z]\w{0,80}(?:Interrupt|Exit|Timeout|Exceeded|Group|Behavior))\d?)(?: \[([\w.]{1,80})\])?(?:: (.*))?$/;

function languageOf(type: string, code: string | undefined): Growing["language"] {
  if (code !== undefined || type.startsWith("AI_")) return "javascript";
  if (/^(?:java|javax|org|com|io)\./.test(type)) return "java";
  return type.includes(".") || PYTHON.test(type) ? "python" : "unknown";
}

/** Names that Python has and JavaScript has not. */
const PYTHON =
  /^(?:KeyError|ValueError|AttributeError|IndexError|NameError|RuntimeError|ImportError|ModuleNotFoundError|NotImplementedError|FileNotFoundError|PermissionError|OSError|ConnectionRefusedError|JSONDecodeError|ValidationError|RecursionError|ZeroDivisionError|UnicodeDecodeError|AssertionError|ExceptionGroup|Exception)$/;
