import type { Reader, Sink } from "../records/format.ts";
import type { Json } from "./json/access.ts";
import type { JsonHandler } from "./json/reader.ts";
import { parseJsonText } from "./json/parse.ts";
import { sayFailed } from "./failed.ts";

/**
 * Reads CSV (RFC 4180; the first row names the columns) in blocks of any size: each row is given to the handler as an
 * object, as one of JSON lines would be. A cell that holds a JSON object or array is parsed, an empty one is left out.
 */
export function openCsv(sink: Sink, handler: JsonHandler): Reader {
  const text = new TextDecoder();
  const cells = new Cells();
  let head: readonly string[] | null = null;
  let records = 0;

  function tooLong(): void {
    sink.drop("row of over 16 MiB or 5000 cells");
  }

  function row(values: readonly string[], line: number): void {
    if (head === null) {
      head = values;
      return;
    }
    if (values.length === 1 && values[0] === "") return;
    if (values.length !== head.length) return sink.drop("row with other columns than the first");
    try {
      records += handler.document(rowOf(head, values), { line, byteOffset: 0 });
    } catch (error) {
      sayFailed(error, "row", sink);
    }
  }

  return {
    push(bytes) {
      cells.push(text.decode(bytes, { stream: true }), row, tooLong);
    },
    end() {
      cells.push(text.decode(), row, tooLong);
      if (cells.pending && !cells.quoted) cells.push("\n", row, tooLong);
      if (cells.pending) sink.drop("half-written row");
      records += handler.end?.() ?? 0;
    },
    get records() {
      return records;
    },
  };
}

/** All rows of a text, as cells. */
export function csvRows(text: string): (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  const cells = new Cells();
  cells.push(text.endsWith("\n") ? text : `${text}\n`, (row) => void rows.push(row), ignore);
  return rows;
}

/** The first two rows of a text as one object; null when it does not begin as CSV does. */
export function firstRow(text: string): Json | null {
  if (!HEAD.test(text)) return null;
  const rows: (readonly string[])[] = [];
  const cells = new Cells();
  cells.push(text, (row) => void (rows.length < 2 && rows.push(row)), ignore);
  const [head] = rows;
  return head === undefined ? null : rowOf(head, rows[1] ?? head.map(() => ""));
}

/** At least three columns with names of one word; pandas leaves that of its index empty. */
const HEAD = /^(?:"?[\w. ]{1,60}"?)?(?:,"?[\w. ]{1,60}"?){2,200}\r?\n/;

function ignore(): void {}

function rowOf(head: readonly string[], values: readonly string[]): Json {
  return Object.fromEntries(
    head.map((name, at) => [name, valueOf(values[at] ?? "")] as const).filter(([, value]) => value !== undefined),
  );
}

function valueOf(cell: string): unknown {
  if (cell === "") return undefined;
  return cell.startsWith("{") || cell.startsWith("[") ? (parseJsonText(cell) ?? cell) : cell;
}

/** Cuts text into rows of cells; what is open waits for more. */
class Cells {
  #row: string[] = [];
  #cell: string[] = [];
  #size = 0;
  #line = 1;
  #started = 1;
  #quoted = false;
  /** A quote inside quotes: the end of the cell, or half of a doubled one. */
  #quote = false;

  get pending(): boolean {
    return this.#row.length > 0 || this.#size > 0 || this.#quoted;
  }

  get quoted(): boolean {
    return this.#quoted;
  }

  push(text: string, row: (cells: readonly string[], line: number) => void, tooLong: () => void): void {
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) this.#line++;
      if (this.#quoted && code !== QUOTE) continue;
      if (this.#quote) {
        this.#quote = false;
        if (code === QUOTE) {
          this.#quoted = true;
          from = at;
          continue;
        }
      }
      if (code !== QUOTE && code !== COMMA && code !== NEWLINE) continue;
      this.#add(text.slice(from, at));
      from = at + 1;
      if (code === QUOTE) {
        this.#quote = this.#quoted;
        this.#quoted = !this.#quoted;
        continue;
      }
      if (this.#row.length >= MOST_CELLS) this.#size = MOST + 1;
      else this.#row.push(this.#cell.join(""));
      this.#cell = [];
      if (code === COMMA) continue;
      const cells = this.#row;
      const last = cells.at(-1) ?? "";
      if (last.endsWith("\r")) cells[cells.length - 1] = last.slice(0, -1);
      if (this.#size > MOST) tooLong();
      else row(cells, this.#started);
      this.#row = [];
      this.#size = 0;
      this.#started = this.#line;
    }
    this.#add(text.slice(from));
  }

  #add(piece: string): void {
    this.#size += piece.length;
    if (piece !== "" && this.#size <= MOST) this.#cell.push(piece);
  }
}

const MOST = 1 << 24;
const MOST_CELLS = 5000;
const NEWLINE = 10;
const QUOTE = 34;
const COMMA = 44;
