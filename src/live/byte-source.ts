import { sniff } from "../index.ts";
import { createTail, type Tail } from "./early.ts";
import { createFrameHold } from "./frames.ts";
import { countLines, createLineHold } from "./lines.ts";

/** A source of bytes that is watched: line by line or frame by frame, its format told by what comes first. */
export interface ByteSource {
  readonly name: string;
  push(bytes: Uint8Array): void;
  end(): void;
  /** Tells the format by what there is, when that is all for a while. */
  open(): void;
  /** When something came last. */
  readonly last: number;
  /** Lines and bytes given so far, with those that were read before. */
  readonly lines: number;
  readonly bytes: number;
  readonly ended: boolean;
  readonly tail: Tail;
}

export interface Into {
  push(format: string, block: Uint8Array): void;
  end(format: string): void;
  now(): number;
}

export interface From {
  bytes: number;
  lines: number;
}

/** The one format that has no lines. */
const BINARY = "otlp-proto";
/** Bytes from which a format is told. */
const HEAD = 64 * 1024;

export function createByteSource(name: string, given: string | null, from: From, into: Into): ByteSource {
  let hold = given === BINARY ? createFrameHold() : createLineHold();
  const tail = createTail(name, from);
  let format = given;
  let head: Uint8Array[] = [];
  let headLength = 0;
  let last = into.now();
  let { lines, bytes } = from;
  let ended = false;

  function open(): void {
    if (format !== null || head.length === 0) return;
    const first = new Uint8Array(Buffer.concat(head));
    head = [];
    format = sniff(first, false).format;
    if (format !== BINARY) return give(first);
    const open = hold.rest();
    hold = createFrameHold();
    take(open === null ? first : new Uint8Array(Buffer.concat([first, open])));
  }

  function take(block: Uint8Array): void {
    const whole = hold.take(block);
    if (whole !== null) give(whole);
  }

  function give(block: Uint8Array): void {
    if (format === null) {
      head.push(block.slice());
      headLength += block.length;
      if (headLength >= HEAD) open();
      return;
    }
    into.push(format, block);
    lines += countLines(block);
    bytes += block.length;
    if (format === "text") tail.add(block);
  }

  function giveRest(): void {
    const rest = hold.rest();
    if (rest !== null) give(rest);
  }

  return {
    name,
    open,
    tail,
    push(block) {
      last = into.now();
      take(block);
    },
    end() {
      if (ended) return;
      if (format === null) giveRest();
      open();
      giveRest();
      ended = true;
      if (format !== null && bytes > from.bytes) into.end(format);
    },
    get last() {
      return last;
    },
    get lines() {
      return lines;
    },
    get bytes() {
      return bytes;
    },
    get ended() {
      return ended;
    },
  };
}
