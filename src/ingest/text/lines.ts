import type { Limits } from "./limits.ts";
import { lineOf, rawOf } from "./line.ts";
import type { Line, Raw } from "./line.ts";
import type { Window } from "./window.ts";

/** The lines of a window, decoded only where asked for. Every answer depends on the bytes near the line alone. */
export class Lines {
  /** Lines before this offset are complete. */
  ready: number;
  /** No more lines will come. */
  ended = false;
  readonly #window: Window;
  readonly #limits: Limits;
  readonly #raw = new Map<number, Raw>();
  readonly #lines = new Map<number, Line>();
  /** The line number of the line at `#countedTo`. */
  #counted: number;
  #countedTo: number;

  /** The first line of the window is the one with this number. */
  constructor(window: Window, number: number, limits: Limits) {
    this.#window = window;
    this.#limits = limits;
    this.ready = window.base;
    this.#counted = number;
    this.#countedTo = window.base;
  }

  /** The line that starts at `start`; "wait" when lines to come must tell whether it has a prefix. */
  at(start: number): Line | "wait" {
    const known = this.#lines.get(start);
    if (known !== undefined) return known;
    const raw = this.#raw.get(start) ?? rawOf(this.#window, start);
    const believed =
      raw.prefix === null
        ? false
        : raw.prefix.needs === "nothing"
          ? true
          : raw.prefix.needs === "alike"
            ? this.#confirmed(raw)
            : this.#surrounded(raw);
    if (believed === "wait") return "wait";
    const line = lineOf(raw, believed, this.numberAt(start));
    remember(this.#lines, start, line);
    return line;
  }

  /** The stream of the line alone: cheaper than the line. */
  streamAt(start: number): { of: string | null } | "wait" {
    if (this.#rawAt(start).prefix === null) return { of: null };
    const line = this.at(start);
    return line === "wait" ? "wait" : { of: line.stream };
  }

  /** Start of the line before the one at `start`; null where none is held. */
  before(start: number): number | null {
    return start <= this.#window.base ? null : this.#window.lineStart(start - 1);
  }

  /** The 1-based number of the line at `start`. Cheap when asked in about the order of the file. */
  numberAt(start: number): number {
    if (start >= this.#countedTo) {
      this.#counted += this.#window.newlines(this.#countedTo, start);
    } else {
      this.#counted -= this.#window.newlines(start, this.#countedTo);
    }
    this.#countedTo = start;
    return this.#counted;
  }

  /** The first byte that any answer about lines at or after `start` may depend on. */
  reachOf(start: number): number {
    const farthest = this.#lineBefore(start - this.#limits.reachBytes);
    return this.#lineBefore(farthest - NEAR_BYTES);
  }

  /** Forgets all before `offset`, the first byte of a line. */
  release(offset: number): void {
    this.numberAt(Math.max(offset, this.#countedTo));
    this.#window.release(offset);
  }

  #rawAt(start: number): Raw {
    let raw = this.#raw.get(start);
    if (raw === undefined) {
      raw = rawOf(this.#window, start);
      remember(this.#raw, start, raw);
    }
    return raw;
  }

  /** Start of the line that ends at `end`, or holds it. */
  #lineBefore(end: number): number {
    const { base } = this.#window;
    return end <= base ? base : this.#window.lineStart(end - 1);
  }

  /** At least 3 lines close by, this one included, have such a prefix that ends at the same column. */
  #confirmed(raw: Raw): boolean | "wait" {
    let alike = 1;
    for (const near of this.#near(raw)) {
      if (near === "wait") return "wait";
      if (sameColumn(near, raw) && ++alike >= FEWEST) return true;
    }
    return false;
  }

  /** All lines close by have such a prefix, at least 3, and where it is "around", one goes on with the line before it. */
  #surrounded(raw: Raw): boolean | "wait" {
    let alike = 1;
    let goesOn = raw.prefix?.needs === "all" || continues(raw);
    for (const near of this.#near(raw)) {
      if (near === "wait") return "wait";
      if (!sameForm(near, raw)) return false;
      goesOn ||= continues(near);
      alike++;
    }
    return goesOn && alike >= FEWEST;
  }

  /** The lines close by: those before, the nearest first, then those after; "wait" where these are still to come. */
  *#near({ start, end }: Raw): Iterable<Raw | "wait"> {
    for (let i = 0, at = start; i < NEAR_LINES && at > this.#window.base && start - at <= NEAR_BYTES; i++) {
      at = this.#window.lineStart(at - 1);
      yield this.#rawAt(at);
    }
    for (let i = 0, at = end; i < NEAR_LINES && at - end <= NEAR_BYTES; i++) {
      if (at >= this.ready) {
        if (!this.ended) yield "wait";
        return;
      }
      const after = this.#rawAt(at);
      yield after;
      at = after.end;
    }
  }
}

function sameForm(a: Raw, b: Raw): boolean {
  return a.prefix?.envelope === b.prefix?.envelope && a.prefix?.stream === b.prefix?.stream;
}

/** What no logger writes behind a time: the next line of something longer. */
function continues({ prefix }: Raw): boolean {
  return prefix !== null && GOES_ON.test(prefix.text);
}

const GOES_ON =
  /^(?:\s*$|\s{2,}(?!(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\b)\S|\t|[}\])]|Traceback \(most recent|[\w.]{3,100}(?:Error|Exception): |[-*=>]{5,})/;

/** Forgets all at once when there are many: they can be made again, and objects that die young cost no memory. */
function remember<T>(known: Map<number, T>, start: number, value: T): void {
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(start, value);
}

/** More than the lines around one that tell whether it has a prefix. */
const MOST_KNOWN = 64;
const NEAR_LINES = 6;
const FEWEST = 3;
const NEAR_BYTES = 16 * 1024;

function sameColumn(a: Raw, b: Raw): boolean {
  return (
    a.prefix !== null &&
    b.prefix !== null &&
    a.prefix.envelope === b.prefix.envelope &&
    a.text.length - a.prefix.text.length === b.text.length - b.prefix.text.length
  );
}
