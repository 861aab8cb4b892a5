import type { Envelope, Peeled } from "../envelope.ts";
import { firstLine } from "../envelope.ts";
import { parseCut } from "./cut.ts";
import { readEventList } from "./event-list.ts";
import { parseObject } from "./parse.ts";
import { type ReadObject, readObject } from "./read.ts";

/** A JSON object on the first line, or over all lines, and which of the JSON formats it is. */
export const json: Envelope = {
  name: "json",
  kind: "record",
  first: ["{", " "],
  peel(text) {
    const line = firstLine(text);
    const alone = parseObject(line);
    if (alone !== null) return peelParsed(alone, line, text.slice(line.length));
    const whole = line.length === text.length ? null : parseObject(text);
    if (whole !== null) return peelParsed(whole, text, "");
    const cut = parseCut(line);
    const read = cut === null ? null : readObject(cut);
    return read === null || read.messageKey === null ? null : withLines(read, line, text.slice(line.length));
  },
};

function peelParsed(fields: Record<string, unknown>, object: string, rest: string): Peeled {
  const list = rest === "" ? readEventList(fields, object) : null;
  return list === null
    ? withLines(readObject(fields), object, rest)
    : { ...list, name: "cloudwatch", kind: "transport" };
}

/** All lines of the message stand on the line of its key; lines behind the object follow it. */
function withLines(read: ReadObject, object: string, rest: string): Peeled {
  const { messageKey, ...peeled } = read;
  const message = messageKey === null && read.text === "" ? object : read.text.replace(/\r?\n$/, "");
  const text = message + rest;
  if (message === object) return { ...peeled, text };
  const row = messageKey === null || !object.includes("\n") ? 0 : rowOf(object, messageKey);
  const rows = message.split("\n").map(() => row);
  if (rest === "") return { ...peeled, text, lineOf: rows };
  const first = object.split("\n").length;
  const behind = rest
    .slice(1)
    .split("\n")
    .map((_, index) => first + index);
  return { ...peeled, text, lineOf: rows.concat(behind) };
}

function rowOf(object: string, key: string): number {
  const at = object.indexOf(`"${key.slice(key.lastIndexOf(".") + 1)}"`);
  return at === -1 ? 0 : object.slice(0, at).split("\n").length - 1;
}
