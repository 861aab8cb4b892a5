import type { Envelope, Peeled } from "../envelope.ts";
import { firstLine } from "../envelope.ts";
import { parseCut } from "./cut.ts";
import { parseObject } from "./parse.ts";
import { type ReadObject, readObject } from "./read.ts";

/** A JSON object on the first line, or over all lines, and which of the JSON formats it is. */
export const json: Envelope = {
  name: "json",
  kind: "record",
  first: ["{", " "],
  peel(text) {
    return peelObject(text);
  },
};

export interface PeeledObject extends Peeled {
  name: string;
  kind: "transport" | "record";
}

export function peelObject(text: string): PeeledObject | null {
  const line = firstLine(text);
  const alone = parseObject(line);
  if (alone !== null) return withLines(readObject(alone), line, text.slice(line.length));
  const whole = line.length === text.length ? null : parseObject(text);
  if (whole !== null) return withLines(readObject(whole), text, "");
  const cut = parseCut(line);
  if (cut === null) return null;
  const read = readObject(cut);
  return read.messageKey === null ? null : withLines(read, line, text.slice(line.length));
}

/** All lines of the message stand on the line of its key; lines behind the object follow it. */
function withLines(read: ReadObject, object: string, rest: string): PeeledObject {
  const { messageKey, ...peeled } = read;
  const message = messageKey === null && read.text === "" ? object : read.text.replace(/\r?\n$/, "");
  const text = message + rest;
  if (message === object) return { ...peeled, text };
  const row = messageKey === null || !object.includes("\n") ? 0 : rowOf(object, messageKey);
  const rows = message.split("\n").map(() => row);
  const behind = object.split("\n").length;
  if (rest !== "")
    rows.push(
      ...rest
        .split("\n")
        .slice(1)
        .map((_, index) => behind + index),
    );
  return { ...peeled, text, lineOf: rows };
}

function rowOf(object: string, key: string): number {
  const at = object.indexOf(`"${key.slice(key.lastIndexOf(".") + 1)}"`);
  return at === -1 ? 0 : object.slice(0, at).split("\n").length - 1;
}
