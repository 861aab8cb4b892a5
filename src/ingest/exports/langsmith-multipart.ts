import type { Reader, Sink } from "../../records/format.ts";
import { object, type Json } from "../json/access.ts";
import { findByte } from "../json/find-byte.ts";
import { Growing } from "../json/growing.ts";
import { parseJson } from "../json/parse.ts";
import type { JsonHandler } from "../json/reader.ts";

/**
 * The body of `POST /runs/multipart` as it was saved: a part `post.ID` or `patch.ID` begins a run, `post.ID.inputs`,
 * `.outputs`, `.error`, `.extra` behind it are its fields. JSON, a line each; attachments and feedback are passed over.
 */
export function openMultipart(sink: Sink, handler: JsonHandler): Reader {
  const rest = new Growing();
  let name: string | null = null;
  let run: { id: string; fields: Record<string, unknown>; line: number } | null = null;
  let line = 0;
  let records = 0;

  function push(block: Uint8Array): void {
    const seen = rest.length;
    const data = rest.append(block);
    let at = 0;
    for (let end = findByte(data, NEWLINE, seen); end >= 0; end = findByte(data, NEWLINE, at)) {
      line++;
      take(data.subarray(at, end));
      at = end + 1;
    }
    rest.drop(at);
    if (rest.length <= MOST) return;
    sink.drop("part over 64 MiB");
    rest.drop(rest.length);
  }

  function take(bytes: Uint8Array): void {
    const first = bytes[0];
    if (first === DASH && bytes[1] === DASH) name = null;
    else if (first === BIG_C && bytes.length < 1000)
      name = NAME.exec(Buffer.from(bytes).toString("latin1"))?.[1] ?? name;
    else if (name !== null && (first === BRACE || first === BRACKET || first === QUOTE)) field(name, bytes);
  }

  function field(part: string, bytes: Uint8Array): void {
    const [, id = "", key] = PART.exec(part) ?? [];
    name = null;
    if (id === "") return;
    const value = parseJson(bytes);
    if (value === undefined) return sink.drop("broken part");
    if (key === undefined) {
      give();
      run = { id, fields: { ...object(value) }, line };
    } else if (run?.id === id) run.fields[key] = value;
    else sink.drop("field of a run that is not there");
  }

  function give(): void {
    if (run !== null)
      records += handler.document({ id: run.id, ...run.fields } satisfies Json, { line: run.line, byteOffset: 0 });
    run = null;
  }

  return {
    push,
    end() {
      take(rest.view());
      if (run === null && records === 0) sink.drop("multipart without a run");
      give();
      records += handler.end?.() ?? 0;
    },
    get records() {
      return records;
    },
  };
}

const NAME = /^Content-Disposition: form-data; name="([^"]{1,400})"/i;
const PART = /^(?:post|patch)\.([0-9a-f-]{36})(?:\.(inputs|outputs|events|error|extra|serialized))?$/;
const MOST = 1 << 26;
const NEWLINE = 10;
const DASH = 0x2d;
const BIG_C = 0x43;
const BRACE = 0x7b;
const BRACKET = 0x5b;
const QUOTE = 0x22;
