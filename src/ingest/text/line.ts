import { stripVTControlCharacters } from "node:util";
import type { LogRecord } from "../../records/records.ts";
import { peelPrefix } from "./envelopes/prefix.ts";
import type { Prefix } from "./envelopes/prefix.ts";
import { startsAnew } from "./folds/starts.ts";
import type { Window } from "./window.ts";

/** One physical line, decoded: ANSI and line end removed, the prefix of its process peeled. */
export interface Line {
  start: number;
  /** After its line feed. */
  end: number;
  /** 1-based. */
  number: number;
  /** The process it came from, where a prefix tells. */
  stream: string | null;
  text: string;
  /** The runtime cut the line here: the next line of the stream goes on without a break. */
  partial: boolean;
  /** Whatever came before, this line starts a record. */
  starts: boolean;
  /** Names of the peeled prefixes, outermost first. */
  envelopes: string[];
  /** What the prefix says, where it does. */
  time: bigint | null;
  level: LogRecord["level"];
}

/** A line before it is known whether its prefix is one. */
export interface Raw {
  start: number;
  end: number;
  text: string;
  prefix: Prefix | null;
}

export function rawOf(window: Window, start: number): Raw {
  const end = window.lineEnd(start);
  const text = plain(decode(window.slice(start, end)));
  return { start, end, text, prefix: peelPrefix(text) };
}

/** `believed`: the prefix is one. */
export function lineOf(raw: Raw, believed: boolean, number: number): Line {
  const { start, end } = raw;
  let { text } = raw;
  let stream: string | null = null;
  let partial = false;
  let time: bigint | null = null;
  let level: LogRecord["level"] = null;
  const envelopes: string[] = [];
  let prefix = believed ? raw.prefix : null;
  while (prefix !== null) {
    stream = stream === null ? prefix.stream : `${stream}/${prefix.stream}`;
    text = prefix.text;
    partial = prefix.partial;
    time = prefix.time ?? time;
    level = prefix.level ?? level;
    envelopes.push(prefix.envelope);
    prefix = envelopes.length < MOST_PREFIXES ? peelPrefix(text) : null;
    if (prefix !== null && prefix.needs !== "nothing") prefix = null;
  }
  return { start, end, number, stream, text, partial, starts: startsAnew(text), envelopes, time, level };
}

const MOST_PREFIXES = 3;

const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });

/** Bytes that are no UTF-8 become U+FFFD. */
export function decode(bytes: Uint8Array): string {
  return DECODER.decode(bytes);
}

/** Without its line end and terminal escapes. */
export function plain(text: string): string {
  let end = text.length;
  if (end > 0 && text.charCodeAt(end - 1) === 10) end -= 1;
  if (end > 0 && text.charCodeAt(end - 1) === 13) end -= 1;
  const line = end === text.length ? text : text.slice(0, end);
  return line.includes("\u001b") || line.includes("\u009b") ? stripVTControlCharacters(line) : line;
}
