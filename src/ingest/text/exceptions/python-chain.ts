import { startsRecord } from "../envelopes/header.ts";
import { type Frame, type Growing, growing, hang } from "./exception.ts";
import { cut, type Line } from "./lines.ts";
import { isUserFile } from "./user.ts";

type State = "idle" | "frames" | "message" | "after";

const LONGEST_MESSAGE = 200;
/** Tracebacks inside messages inside messages. */
const DEEPEST = 8;

/**
 * One column of lines as a chain of tracebacks: fed line by line (prefixes cut), it gives the raised exception of each
 * chain, its causes and contexts below it. `last` is the newest exception, for the group that it may be.
 */
export class PythonChain {
  /** A member of a group may have no traceback: its first line is then `Type: message`. */
  expectsBare = false;
  last: Growing | null = null;
  readonly #done: (raised: Growing) => void;
  #state: State = "idle";
  #frames: Frame[] = [];
  #relation: "cause" | "context" | null = null;
  /** The name at the head of an IPython traceback, which ends only at this name. */
  #ipython: string | null = null;
  /** The traceback that stands inside a message (AutoGen prints one there): the cause of that exception. */
  #inner: PythonChain | null = null;
  #rows = 0;
  /** Blanks before the head: the whole traceback is indented by them. */
  #indent = 0;

  readonly #depth: number;

  constructor(done: (raised: Growing) => void, depth = 0) {
    this.#done = done;
    this.#depth = depth;
  }

  feed(whole: Line): void {
    if (this.#inner !== null) {
      this.#inner.feed(whole);
      return;
    }
    const head = HEAD.exec(whole.text);
    if (head !== null) {
      this.#begin(head[1] ?? null);
      this.#indent = /^[ \t]*/.exec(whole.text)![0].length;
      return;
    }
    const line = whole.text.slice(0, this.#indent).trim() === "" ? cut(whole, this.#indent) : whole;
    if (this.#state === "frames") this.#frame(line);
    else if (this.expectsBare && line.text.trim() !== "") this.bare(line);
    else this.#message(line);
  }

  /** What follows is no part of the message. */
  settle(): void {
    if (this.#state === "message") this.#state = "after";
  }

  /** Takes the line for an exception without traceback. */
  bare(line: Line): void {
    this.expectsBare = false;
    const match = FINAL.exec(line.text);
    if (match !== null) this.#open(match[1]!, match[2] ?? "", line);
  }

  end(): void {
    this.#inner?.end();
    this.#inner = null;
    if (this.last !== null) this.#done(this.last);
    this.last = null;
    this.#relation = null;
    this.#state = "idle";
  }

  #begin(ipython: string | null): void {
    this.expectsBare = false;
    if (this.#state === "message" && this.last !== null && this.#depth < DEEPEST && this.last.message.endsWith(":")) {
      const outer = this.last;
      this.#inner = new PythonChain((raised) => hang(outer, raised, "cause"), this.#depth + 1);
      this.#inner.#state = "frames";
      return;
    }
    // Without a sentence between them two tracebacks have nothing to do with each other.
    if (this.#relation === null && this.last !== null) this.end();
    this.#frames = [];
    this.#ipython = ipython;
    this.#state = "frames";
  }

  #frame(line: Line): void {
    const frame = FRAME.exec(line.text) ?? (this.#ipython === null ? null : IPYTHON_FRAME.exec(line.text));
    if (frame !== null) {
      const file = frame[1] ?? "<ipython-input>";
      this.#frames.push({ file, line: Number(frame[2]), func: frame[3]?.trim() ?? null, user: isUserFile(file) });
      return;
    }
    if (line.text.trim() === "" || /^[ \t>❱│└╭╰-]/.test(line.text)) return;
    const final = FINAL.exec(line.text);
    if (final === null) {
      if (this.#ipython === null) this.#state = "idle";
    } else if (this.#ipython === null || final[1] === this.#ipython) {
      this.#open(final[1]!, final[2] ?? "", line);
    }
  }

  #open(type: string, message: string, line: Line): void {
    const exception = growing("python", type, message, line.start, line.end);
    exception.frames = this.#frames;
    if (this.last !== null && this.#relation !== null) hang(exception, this.last, this.#relation);
    else if (this.last !== null) this.end();
    this.last = exception;
    this.#frames = [];
    this.#relation = null;
    this.#state = "message";
    this.#rows = 0;
  }

  #message(line: Line): void {
    if (this.#state === "idle") return;
    if (line.text === '"""') {
      // The traceback of another process stands in quotes; what follows says how it belongs to the next one.
      this.settle();
      return;
    }
    if (this.#state === "message" && (line.text === "Call stack:" || startsRecord(line.text))) {
      this.end();
      return;
    }
    if (line.text.startsWith("The above exception was the direct cause")) this.#relation = "cause";
    else if (line.text.startsWith("During handling of the above exception")) this.#relation = "context";
    else if (this.#state === "message" && line.text.trim() !== "" && this.#rows++ < LONGEST_MESSAGE) {
      this.last!.message += `\n${line.text}`;
      this.last!.end = line.end;
      return;
    } else if (this.#state === "after" && line.text.trim() !== "") {
      this.end();
      return;
    }
    this.#state = "after";
  }
}

const HEAD = /^(?:([A-Za-z_]\w{0,80}) +|[ \t]*(?:Exception Group )?)Traceback \(most recent call last\):?\s*$/;
const FRAME = /^(?:> |\s{1,20})?File "(.{1,1000}?)", line (\d{1,8})(?:, in (.{1,300}))?$/;
const IPYTHON_FRAME = /^(?:File (\S.{0,500}?):|Cell In\[\d+\], line )(\d+)(?:, in (.{1,300}))?$/;
/** The name may be anything that a class is called; a message stands behind `: `. */
const FINAL = /^([A-Za-z_][\w.]{0,200}(?:<locals>[\w.]{1,100})?)(?:: ?(.*))?$/;
