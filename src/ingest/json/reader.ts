import type { Reader, Sink } from "../../records/format.ts";
import { Cutter } from "./cutter.ts";
import { DocumentEnd } from "./document-end.ts";
import { findByte } from "./find-byte.ts";
import { Growing } from "./growing.ts";
import { sayFailed } from "../failed.ts";
import { parseJson } from "./parse.ts";

/** What a format does with its JSON documents. */
export interface JsonHandler {
  /** Arrays whose elements may be given in several documents when one is over 8 MiB: `*`, `data.*`. */
  readonly cut: readonly string[];
  /** One document; gives the number of records that were read from it. */
  document(value: unknown, place: Place): number;
  /** Reads a document of a form that it knows from its bytes, without parsing what it does not need; null: parse it. */
  bytes?(bytes: Uint8Array, place: Place): number | null;
  end?(): number;
}

/** 1-based line and byte offset where a document begins. */
export interface Place {
  line: number;
  byteOffset: number;
}

/**
 * Reads JSON documents from blocks of any size: one a line, one over many lines, one behind the other, or one that is
 * larger than memory. A broken one is dropped and counted, and reading goes on at the next.
 */
export function openJson(sink: Sink, handler: JsonHandler): Reader {
  const rest = new Growing();
  const ends = new DocumentEnd();
  const place: Place = { line: 1, byteOffset: 0 };
  let mode: "line" | "document" | "after" | "cut" | "skip" = "line";
  /** In the bytes that wait, how far they were looked through. */
  let scanned = 0;
  let records = 0;
  const cutter = new Cutter(handler.cut, {
    document: (bytes) => void give(bytes, "broken JSON document"),
    drop: (reason) => sink.drop(reason),
  });

  function push(block: Uint8Array): void {
    if (block.length === 0) return;
    const held = rest.length > 0;
    const data = held ? rest.append(block) : block;
    const used = take(data, false);
    if (held) rest.drop(used);
    else if (used < data.length) rest.append(data.subarray(used));
  }

  function end(): void {
    take(rest.view(), true);
    rest.drop(rest.length);
    records += handler.end?.() ?? 0;
  }

  /** Reads what is whole; gives how many bytes are done with. */
  function take(data: Uint8Array, last: boolean): number {
    let at = 0;
    for (;;) {
      const before = at;
      const was = mode;
      if (mode === "line") at = line(data, at, last);
      else if (mode === "document") at = document(data, at, last);
      else if (mode === "after") at = after(data, at);
      else if (mode === "cut") at = cut(data, at, last);
      else at = skipLine(data, at);
      if (at >= data.length || (at === before && mode === was)) return at;
    }
  }

  /** At the start of a document: the whole line is the document, mostly. */
  function line(data: Uint8Array, from: number, last: boolean): number {
    const at = blank(data, from);
    if (at !== from) scanned = 0;
    if (at === data.length) return at;
    if (!opens(data, at)) {
      sink.drop("not JSON");
      mode = "skip";
      return at;
    }
    const newline = findByte(data, NEWLINE, at + scanned);
    if (newline < 0 && !last) {
      scanned = data.length - at;
      if (scanned > MAX_WHOLE) begin();
      return at;
    }
    const end = newline < 0 ? data.length : newline;
    scanned = 0;
    if (end - at <= MAX_WHOLE && closes(data, at, end) && give(data.subarray(at, end), null)) {
      moved(data, at, end);
      return end;
    }
    begin();
    return at;
  }

  function begin(): void {
    mode = "document";
    scanned = 0;
    ends.reset();
  }

  /** A document that is not one line. */
  function document(data: Uint8Array, at: number, last: boolean): number {
    const found = ends.scan(data, at + scanned, last);
    scanned = found.at - at;
    if (found.state === "more") {
      if (scanned > MAX_WHOLE && handler.cut.length > 0) {
        mode = "cut";
        scanned = 0;
      } else if (scanned > MAX_ELEMENT) {
        sink.drop("document over 64 MiB");
        mode = "skip";
      } else if (last) {
        sink.drop("half-written JSON document");
        return data.length;
      }
      return at;
    }
    scanned = 0;
    if (found.state === "broken") sink.drop("broken JSON document");
    else give(data.subarray(at, found.at), "broken JSON document");
    moved(data, at, found.at);
    mode = found.state === "broken" ? "line" : "after";
    return found.at;
  }

  /** Another may follow on the same line: then that line is not tried as a whole, lest each be parsed many times. */
  function after(data: Uint8Array, from: number): number {
    const at = blank(data, from, false);
    if (at === data.length) return at;
    if (data[at] === NEWLINE) mode = "line";
    else if (opens(data, at)) begin();
    else mode = "skip";
    return at;
  }

  function cut(data: Uint8Array, at: number, last: boolean): number {
    const end = cutter.feed(data, at);
    const to = end < 0 ? data.length : end;
    moved(data, at, to);
    if (end === -1 && !last) return to;
    if (end === -1) cutter.end();
    else cutter.reset();
    if (end < 0) sink.drop(end === -1 ? "half-written JSON document" : "document over 64 MiB");
    mode = end < 0 ? "skip" : "line";
    return to;
  }

  function skipLine(data: Uint8Array, at: number): number {
    const newline = findByte(data, NEWLINE, at);
    const to = newline < 0 ? data.length : newline + 1;
    moved(data, at, to);
    if (newline >= 0) mode = "line";
    scanned = 0;
    return to;
  }

  /** Passes what may stand between documents: white space, commas, record separators, a byte order mark. */
  function blank(data: Uint8Array, from: number, newlines = true): number {
    let at = from;
    const passed = newlines ? BETWEEN : ON_A_LINE;
    for (; at < data.length && passed[data[at] as number] === 1; at++) if (data[at] === NEWLINE) place.line++;
    place.byteOffset += at - from;
    return at;
  }

  function give(bytes: Uint8Array, broken: string | null): boolean {
    try {
      const read = handler.bytes?.(bytes, { ...place }) ?? null;
      const value = read === null ? parseJson(bytes) : null;
      if (value === undefined) {
        if (broken !== null) sink.drop(broken);
        return false;
      }
      records += read ?? handler.document(value, { ...place });
    } catch (error) {
      sayFailed(error, "document", sink);
    }
    return true;
  }

  function moved(data: Uint8Array, from: number, to: number): void {
    place.byteOffset += to - from;
    for (let at = findByte(data, NEWLINE, from, to); at >= 0; at = findByte(data, NEWLINE, at + 1, to)) place.line++;
  }

  return {
    push,
    end,
    get records() {
      return records;
    },
  };
}

/** Of a longer document the elements are given in parts: parsed, it would take ten times its size. */
const MAX_WHOLE = 1 << 23;
const MAX_ELEMENT = 1 << 26;
const NEWLINE = 10;
/** By byte: 1 where it may stand between documents. */
const ON_A_LINE = tableOf(32, 9, 13, 0x2c, 0x1e, 0xef, 0xbb, 0xbf);
const BETWEEN = tableOf(32, 9, 13, 0x2c, 0x1e, 0xef, 0xbb, 0xbf, NEWLINE);

function tableOf(...bytes: number[]): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of bytes) table[byte] = 1;
  return table;
}

/** A text that ends with no bracket is no whole document: trying costs an exception. */
function closes(data: Uint8Array, from: number, to: number): boolean {
  let at = to - 1;
  while (at > from && (data[at] as number) <= 32) at--;
  return at > from && (data[at] === 0x7d || data[at] === 0x5d || data[at] === 0x2c);
}

function opens(data: Uint8Array, at: number): boolean {
  return data[at] === 0x7b || data[at] === 0x5b;
}
