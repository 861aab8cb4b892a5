import { stripVTControlCharacters } from "node:util";
import { scopeOf, type Evidence } from "./records/evidence.ts";
import type { LogRecord } from "./records/records.ts";
import type { Place, Text } from "./records/text.ts";

/** The texts of a log record that no dialect claimed: its message, its exception, and fields that name an error. */
export function textsOf(record: LogRecord): Text[] {
  const texts = [textOf(record, "log", record.text, record.lines)];
  if (record.exception !== null) texts.push(textOf(record, "exception", record.exception, null));
  for (const [name, value] of Object.entries(record.fields)) {
    if (!ERROR_FIELDS.has(name.toLowerCase())) continue;
    const text = said(value);
    if (text !== null) texts.push(textOf(record, "exception", text, null));
  }
  return texts;
}

/** Fields of a structured log line whose value is an error's own text. Others (`result`, `input`, `messages`) are data. */
const ERROR_FIELDS = new Set([
  "error",
  "err",
  "errors",
  "reason",
  "detail",
  "details",
  "cause",
  "error_message",
  "errormessage",
  "errmsg",
  "failure",
  "exc",
  "exc_text",
  "response_body",
  "responsebody",
  "lasterror",
  "last_error",
]);

const MAX = 64 * 1024;

function said(value: unknown): string | null {
  if (typeof value === "string") return value === "" ? null : value.slice(0, MAX);
  if (typeof value !== "object" || value === null) return null;
  try {
    return JSON.stringify(value).slice(0, MAX);
  } catch {
    return null; // nested too deeply to be printed
  }
}

/**
 * A short source as one text, its lines joined: an error that was pasted from a narrow terminal or a web page is wrapped
 * anywhere, also in the middle of the words that a signature looks for. Null for anything longer than a paste.
 */
export function pastedText(source: string, bytes: Uint8Array): Text | null {
  if (bytes.length > PASTE) return null;
  const lines = stripVTControlCharacters(new TextDecoder().decode(bytes)).split(/\r?\n/);
  if (lines.length > MOST_LINES || DOCUMENT.test(lines.find((line) => line.trim() !== "") ?? "")) return null;
  const breaks: number[] = [];
  let text = "";
  for (const line of lines) {
    breaks.push(text.length);
    text += `${line.trim()} `;
  }
  const scope = scopeOf(source);
  const evidence: Evidence = {
    kind: "log",
    source,
    line: 1,
    byteOffset: 0,
    traceId: null,
    spanId: null,
    messageIndex: null,
    callId: null,
    excerpt: "",
    highlight: null,
  };
  return {
    place: "log",
    text,
    flagged: null,
    evidence,
    scope,
    time: null,
    tool: null,
    callId: null,
    hits: null,
    lines: null,
    breaks,
    level: null,
  };
}

const PASTE = 8 * 1024;
const MOST_LINES = 60;
/** A script or a man page, as directories have them: nobody asks about these. */
const DOCUMENT = /^#!|^[.'](?:\\"|[A-Z]{2}\b)/;

function textOf(record: LogRecord, place: Place, text: string, lines: number[] | null): Text {
  return {
    place,
    text,
    flagged: null,
    evidence: evidenceOf(record),
    scope: record.scope ?? scopeOf(""),
    time: record.time,
    tool: null,
    callId: null,
    hits: place === "log" ? record.hits : null,
    lines,
    level: record.level,
  };
}

export function evidenceOf(record: LogRecord): Evidence {
  const { scope } = record;
  return {
    kind: "log",
    source: scope.source,
    line: record.line,
    byteOffset: record.byteOffset,
    traceId: scope.traceId,
    spanId: scope.spanId,
    messageIndex: null,
    callId: null,
    excerpt: "",
    highlight: null,
  };
}
