import { mask } from "./mask.ts";

/**
 * Drafts a classifier's YAML from the text of a failure: the fixed words become the pattern, what varies becomes
 * bounded classes, the text itself the first example. The author names facts, cause and fix.
 */
export function draftClassifier(text: string, id: string): string {
  const line =
    text
      .split("\n")
      .find((l) => l.trim() !== "")
      ?.trim() ?? text.trim();
  const yaml = (s: string) => JSON.stringify(s);
  return `# yaml-language-server: $schema=../schema.json
id: ${id}
title: ${yaml(`TODO: what happens, in one plain sentence (${mask(line).slice(0, 60)})`)}
severity: error
cause: ${yaml("TODO: why it happens. Facts may be used: {tool}, {argument}.")}
fix:
  summary: ${yaml("TODO: what to change")}
  steps:
    - ${yaml("TODO: the first thing to do")}
signatures:
  - id: text
    pattern: ${yaml(patternOf(line))}
examples:
  match:
    - text: ${yaml(line)}
      facts: {}
  clean:
    - ${yaml("TODO: a near miss that must not fire, such as a chat about this error")}
    - ${yaml("TODO: another near miss")}
`;
}

/** Quoted values become captures `value`, `value2`, ...; numbers, ids and paths bounded classes. */
export function patternOf(line: string): string {
  let quoted = 0;
  return line
    .slice(0, 300)
    .split(PIECES)
    .map((piece) => {
      const quote = /^(['"`])[^'"`]*\1$/.exec(piece)?.[1];
      if (quote !== undefined) return `${quote}(?<value${++quoted === 1 ? "" : quoted}>[^${quote}\\n]{0,200})${quote}`;
      if (/^\d[\d.,]*$/.test(piece)) return "[\\d.,]{1,20}";
      if (/^(?:\/[\w.@~+-]+){2,}$/.test(piece)) return "\\S{1,300}";
      if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(piece)) return "[0-9a-f-]{36}";
      return piece.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    })
    .join("");
}

const PIECES = /('[^'\n]*'|"[^"\n]*"|`[^`\n]*`|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|(?:\/[\w.@~+-]+){2,}|\b\d[\d.,]*)/;
