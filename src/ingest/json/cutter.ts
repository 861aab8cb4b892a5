import { Growing } from "./growing.ts";

/**
 * Takes a document apart that is too large to be held: the elements of the arrays at `paths` (`data.*`) are cut out and
 * given in small documents of the same form, each with what stands before them: `{"resourceSpans":[{"resource":{},
 * "scopeSpans":[{"scope":{},"spans":[some of them]}]}]}`. What stands behind such an array in its own container is lost.
 */
export class Cutter {
  #paths: ReadonlySet<string>;
  #out: CutterOut;
  /** The document so far without the cut elements, and the containers that are open in it. */
  #shell = new Growing();
  #open: Open[] = [];
  /** Elements that wait to be given; all but the last `batch.length - whole` bytes are whole ones. */
  #batch = new Growing();
  #whole = 0;
  /** Depth inside the element that is being cut out; -1 outside of the cut arrays. */
  #inner = -1;
  #tooLong = false;
  #inString = false;
  #escaped = false;
  #key = "";

  constructor(paths: readonly string[], out: CutterOut) {
    this.#paths = new Set(paths);
    this.#out = out;
  }

  reset(): void {
    this.#shell.drop(this.#shell.length);
    this.#batch.drop(this.#batch.length);
    this.#open = [];
    this.#whole = 0;
    this.#inner = -1;
    this.#tooLong = this.#inString = this.#escaped = false;
  }

  /** Reads on at `from`: the offset behind the document's end, -1 when it goes on, -2 when it is not of a form that can be cut. */
  feed(bytes: Uint8Array, from: number): number {
    for (let at = from; at < bytes.length;) {
      if (this.#inner >= 0) {
        at = this.#element(bytes, at);
        continue;
      }
      if (!this.#outer(bytes[at] as number)) return -2;
      at++;
      if (this.#open.length === 0) return at;
    }
    return -1;
  }

  /** The input ended inside the document: gives the elements that are whole. */
  end(): void {
    if (this.#inner >= 0) this.#give();
    this.reset();
  }

  /** Inside a cut array only brackets and strings are watched. Gives the offset to read on at. */
  #element(bytes: Uint8Array, from: number): number {
    let inner = this.#inner;
    let inString = this.#inString;
    let escaped = this.#escaped;
    let at = from;
    let ends = 0;
    for (; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
      } else if (byte === QUOTE) {
        inString = true;
      } else if (byte === OBJECT || byte === ARRAY) {
        inner++;
      } else if (inner > 0) {
        if (byte === OBJECT_END || byte === ARRAY_END) inner--;
      } else if (byte === COMMA || byte === ARRAY_END) {
        ends = byte;
        break;
      }
    }
    this.#inner = inner;
    this.#inString = inString;
    this.#escaped = escaped;
    this.#add(bytes.subarray(from, at));
    if (ends === 0) return at;
    this.#elementEnds(ends === ARRAY_END);
    return ends === COMMA ? at + 1 : at;
  }

  #add(bytes: Uint8Array): void {
    if (this.#batch.length - this.#whole + bytes.length > MAX_ELEMENT) this.#tooLong = true;
    if (!this.#tooLong) this.#batch.append(bytes);
  }

  #elementEnds(arrayEnds: boolean): void {
    if (this.#tooLong) {
      this.#batch.cutTo(this.#whole);
      this.#tooLong = false;
      this.#out.drop("element over 64 MiB");
    } else {
      this.#whole = this.#batch.length;
    }
    if (arrayEnds) this.#inner = -1;
    if (arrayEnds || this.#whole >= BATCH) this.#give();
    else this.#batch.append(COMMA_BYTES);
  }

  /** Gives the whole elements as a document: shell, elements, and the brackets that close it. */
  #give(): void {
    const elements = trimEnd(this.#batch.view().subarray(0, this.#whole));
    if (elements.length > 0) {
      const shell = this.#shell.view();
      const document = new Uint8Array(shell.length + elements.length + this.#open.length);
      document.set(shell);
      document.set(elements, shell.length);
      this.#open.forEach((open, i) => (document[document.length - 1 - i] = open.array ? ARRAY_END : OBJECT_END));
      this.#out.document(document);
    }
    this.#batch.drop(this.#batch.length);
    this.#whole = 0;
  }

  /** A byte outside of the cut arrays is kept in the shell, and the path is followed. False: too deep or too large. */
  #outer(byte: number): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) this.#inString = false;
      else if (this.#key.length < MAX_KEY) this.#key += String.fromCharCode(byte);
    } else if (byte === QUOTE) {
      this.#inString = true;
      this.#key = "";
    } else if (byte === OBJECT || byte === ARRAY) {
      return this.#enter(byte);
    } else if (byte === OBJECT_END || byte === ARRAY_END) {
      return this.#leave(byte);
    } else if (byte === COMMA && this.#shell.view().at(-1) === ARRAY) {
      return true;
    }
    return this.#keep(byte);
  }

  #enter(byte: number): boolean {
    const parent = this.#open.at(-1);
    const name = parent === undefined ? "" : parent.array ? "*" : this.#key;
    const path = parent === undefined || parent.path === "" ? name : `${parent.path}.${name}`;
    this.#open.push({ array: byte === ARRAY, path, start: this.#shell.length, cut: false });
    if (byte === ARRAY && this.#paths.has(path === "" ? "*" : `${path}.*`)) {
      for (const open of this.#open) open.cut = true;
      this.#inner = 0;
    }
    return this.#keep(byte) && this.#open.length <= MAX_DEPTH;
  }

  /** An array element whose own arrays were cut is taken out of the shell when it closes, so that the shell stays small. */
  #leave(byte: number): boolean {
    const open = this.#open.pop();
    if (open === undefined || !open.cut || this.#open.at(-1)?.array !== true) return this.#keep(byte);
    this.#shell.cutTo(open.start);
    return true;
  }

  #keep(byte: number): boolean {
    ONE_BYTE[0] = byte;
    this.#shell.append(ONE_BYTE);
    return this.#shell.length <= MAX_SHELL;
  }
}

export interface CutterOut {
  document(bytes: Uint8Array): void;
  drop(reason: string): void;
}

interface Open {
  array: boolean;
  path: string;
  /** Length of the shell when it was opened. */
  start: number;
  /** Elements of it, or of something in it, are cut out. */
  cut: boolean;
}

const BATCH = 1 << 20;
const MAX_ELEMENT = 1 << 26;
const MAX_SHELL = 1 << 23;
const MAX_DEPTH = 64;
const MAX_KEY = 64;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const ARRAY = 0x5b;
const ARRAY_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;
const COMMA_BYTES = Uint8Array.of(COMMA);
const ONE_BYTE = new Uint8Array(1);

function trimEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === COMMA || (bytes[end - 1] as number) <= 32)) end--;
  return bytes.subarray(0, end);
}
