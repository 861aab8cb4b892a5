import type { Frame } from "./exception.ts";
import { isUserFile } from "./user.ts";

export interface StackFrame extends Frame {
  language: "javascript" | "java";
}

/** One `    at ...` line of a JavaScript or Java stack, or null. */
export function readStackFrame(text: string): StackFrame | null {
  const at = /^\s*at (?:async |new )*(?=\S)/.exec(text);
  if (at === null) return null;
  const rest = text.slice(at[0].length).replace(/(?:,| \{|,? \[)$/, "");
  const java = JAVA.exec(rest);
  if (java !== null) {
    const [, method, file, row] = java;
    const user = isUserFile(file!) && !JAVA_LIBRARY.test(method!);
    return { language: "java", file: file!, line: row === undefined ? null : Number(row), func: method!, user };
  }
  const open = rest.endsWith(")") ? rest.lastIndexOf(" (") : -1;
  const place = open === -1 ? rest : rest.slice(open + 2, -1);
  const found = PLACE.exec(place);
  if (found === null) return null;
  const file = found[1] ?? place;
  const line = found[2] === undefined ? null : Number(found[2]);
  return { language: "javascript", file, line, func: open === -1 ? null : rest.slice(0, open), user: isUserFile(file) };
}

/** `... 6 lines matching cause stack trace ...`, `... 12 more`. */
export function isElision(text: string): boolean {
  return /^\s*\.\.\. \d+ (?:lines matching cause stack trace \.\.\.|more|common frames omitted)/.test(text);
}

const PLACE = /^(?:(\S.{0,1000}):(\d+):\d+|<anonymous>|native|index \d+)$/;
const JAVA =
  /^([\w$.<>/@-]{1,300})\(([\w$-]{1,100}\.(?:java|kt|scala|groovy)|Native Method|Unknown Source)(?::(\d+))?\)/;
const JAVA_LIBRARY =
  /^(?:java|javax|jdk|sun|kotlin|kotlinx|scala|org\.springframework|io\.netty|reactor|dev\.langchain4j)\b/;
