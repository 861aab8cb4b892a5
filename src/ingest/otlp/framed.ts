import { zstdDecompressSync } from "node:zlib";
import type { Reader, Sink } from "../../records/format.ts";
import { Growing } from "../json/growing.ts";
import { sayFailed } from "../failed.ts";
import { parseJson } from "../json/parse.ts";
import { readBytes, readRequests } from "./json.ts";
import { isZstd, looksLikeFramed, looksLikeProtobuf } from "./looks.ts";
import { readRequest } from "./request.ts";

/**
 * OTLP protobuf from blocks of any size: one message, or what the Collector's file exporter writes, each message behind its length
 * (4 bytes, big-endian), the message a request or a zstd frame that holds a request (protobuf or JSON).
 */
export function openProtobuf(source: string, sink: Sink): Reader {
  const rest = new Growing();
  let framed: boolean | null = null;
  let lost = false;
  let skip = 0;
  let records = 0;
  /** Bytes before those that are looked at. */
  let passed = 0;

  function push(block: Uint8Array): void {
    const held = rest.length > 0;
    const data = held ? rest.append(block) : block;
    const used = take(data, false);
    passed += used;
    if (held) rest.drop(used);
    else if (used < data.length) rest.append(data.subarray(used));
  }

  function end(): void {
    const data = rest.view();
    if (take(data, true) < data.length) sink.drop("half-written OTLP message");
    rest.drop(rest.length);
  }

  function take(data: Uint8Array, last: boolean): number {
    if (framed === null) {
      if (data.length < ENOUGH && !last) return 0;
      framed = looksLikeFramed(data);
    }
    for (let at = 0; ;) {
      if (skip > 0) {
        const left = Math.min(skip, data.length - at);
        skip -= left;
        at += left;
      }
      const next = framed ? frame(data, at) : field(data, at);
      if (next === at || at >= data.length) return at;
      at = next;
    }
  }

  /** One frame; gives the offset behind it, or `from` when it is not whole yet. */
  function frame(data: Uint8Array, from: number): number {
    if (data.length - from < 5) return from;
    const length = new DataView(data.buffer, data.byteOffset + from, 4).getUint32(0);
    if (
      length > MAX_MESSAGE ||
      (length > 0 && data[from + 4] !== RESOURCE && !isZstd(data, from + 4) && data.length - from >= ENOUGH)
    )
      return findFrame(data, from);
    if (data.length - from - 4 < length) return from;
    lost = false;
    if (length > 0) message(data.subarray(from + 4, from + 4 + length), passed + from);
    return from + 4 + length;
  }

  /** The length is no length: the next place that looks like a frame. */
  function findFrame(data: Uint8Array, from: number): number {
    if (!lost) sink.drop("broken OTLP frame");
    lost = true;
    for (let at = from + 1; at + ENOUGH < data.length; at++) {
      if (
        data[at] === 0 &&
        (data[at + 4] === RESOURCE || data[at + 4] === 0x28) &&
        looksLikeFramed(data.subarray(at, at + ENOUGH)) &&
        looksLikeProtobuf(data.subarray(at + 4, at + ENOUGH), false)
      )
        return at;
    }
    return Math.max(from + 1, data.length - ENOUGH);
  }

  function message(bytes: Uint8Array, byteOffset: number): void {
    try {
      unpack(bytes, byteOffset);
    } catch (error) {
      sayFailed(error, "message", sink);
    }
  }

  function unpack(bytes: Uint8Array, byteOffset: number): void {
    if (!isZstd(bytes, 0)) {
      records += readRequest(bytes, null, source, sink, byteOffset);
      return;
    }
    let unpacked: Uint8Array;
    try {
      unpacked = zstdDecompressSync(bytes, { maxOutputLength: MAX_MESSAGE });
    } catch {
      return sink.drop("broken zstd frame");
    }
    if (unpacked[0] !== 0x7b) records += readRequest(unpacked, null, source, sink, byteOffset);
    else {
      const place = { line: 1, byteOffset };
      const read = readBytes(unpacked, source, place, sink);
      const value = read === null ? parseJson(unpacked) : null;
      if (value === undefined) sink.drop("broken JSON document");
      else records += read ?? readRequests(value, source, place, sink);
    }
  }

  /** Without frames a message is `resource_spans` after `resource_spans`: each is read as soon as it is whole. */
  function field(data: Uint8Array, from: number): number {
    if (from >= data.length) return from;
    if (data[from] !== RESOURCE) {
      sink.drop("not OTLP protobuf");
      skip = Number.POSITIVE_INFINITY;
      return data.length;
    }
    let length = 0;
    for (let i = 0; i < 5; i++) {
      const byte = data[from + 1 + i];
      if (byte === undefined) return from;
      length += (byte & 0x7f) * 2 ** (7 * i);
      if (byte >= 0x80) continue;
      const to = from + 2 + i + length;
      if (length > MAX_MESSAGE) break;
      if (to > data.length) return from;
      message(data.subarray(from, to), passed + from);
      return to;
    }
    sink.drop("OTLP message over 256 MiB");
    skip = Number.POSITIVE_INFINITY;
    return data.length;
  }

  return {
    push,
    end,
    get records() {
      return records;
    },
  };
}

const MAX_MESSAGE = 1 << 28;
/** Bytes that show what a message is. */
const ENOUGH = 32;
/** The tag of `resource_spans`, `resource_logs`, `resource_metrics`. */
const RESOURCE = 0x0a;
