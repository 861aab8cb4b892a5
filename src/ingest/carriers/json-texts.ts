import { parseInner } from "../json/parse.ts";
import { isObject } from "../text/envelopes/json/parse.ts";
import type { Carrier } from "./carrier.ts";

/** A notebook's outputs, in the order of its cells (nbformat 3 and 4). */
export const notebook: Carrier = {
  name: "notebook",
  begins: (head) => /^\s*\{/.test(head) && /"(?:cells|nbformat|worksheets)"/.test(head),
  unpack(document) {
    const value = parseInner(document);
    if (!isObject(value) || typeof value["nbformat"] !== "number") return null;
    return textsIn(value, new Set(["outputs"])).join("\n");
  },
};

/** One document of JSON that no format knows, with texts of several lines in it: `{"stdout": "", "stderr": "Traceback ..."}`. */
export const jsonTexts: Carrier = {
  name: "texts in JSON",
  // a log's lines are documents of their own
  begins: (head) => /^\s*(?:\{|\[)\s*(?:\n|"|$)/.test(head) && !/^[^\n]+[}\]]\s*\n\s*\S/.test(head),
  unpack(document) {
    const value = parseInner(document);
    if (isLog(value) || isLog(Array.isArray(value) ? value[0] : null)) return null;
    const texts = textsIn(value, null);
    return texts.some((text) => text.includes("\n") && PRINTED.test(text)) ? texts.join("\n") : null;
  },
};

/** What programs print: a stack, an error behind its name, a level, or the rules and arrows around calls. */
const PRINTED =
  /Traceback \(most recent|^\s+at \S.{0,300}\(|\w(?:Error|Exception)\b|\b(?:DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL)\b|^[-=*>]{4,}|"level": ?["\d]/m;

/** A logger's record says when, how bad, or what: the log's own reader knows more of it. */
function isLog(value: unknown): boolean {
  return isObject(value) && LOGGED.some((name) => name in value);
}

const LOGGED = ["level", "levelname", "severity", "time", "timestamp", "@timestamp", "ts", "msg", "message", "event"];

/** All texts in a value, or those below fields of these names; a list of texts is one text, line by line. */
function textsIn(value: unknown, below: ReadonlySet<string> | null): string[] {
  const texts: string[] = [];
  const waiting: { value: unknown; counts: boolean }[] = [{ value, counts: below === null }];
  for (let steps = 0; waiting.length > 0 && steps < MOST_VALUES; steps++) {
    const { value: one, counts } = waiting.pop()!;
    if (typeof one === "string") {
      if (counts) texts.push(one);
    } else if (Array.isArray(one)) {
      const lines = one.filter((item): item is string => typeof item === "string");
      if (lines.length === one.length && lines.length > 1) {
        if (counts) texts.push(lines.map((line) => line.replace(/\r?\n$/, "")).join("\n"));
      } else for (const item of one.toReversed()) waiting.push({ value: item, counts });
    } else if (isObject(one))
      for (const [name, item] of Object.entries(one).toReversed())
        waiting.push({ value: item, counts: counts || below?.has(name) === true });
  }
  return texts;
}

const MOST_VALUES = 1_000_000;
