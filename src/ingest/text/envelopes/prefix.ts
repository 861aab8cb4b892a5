import type { LogRecord } from "../../../records/records.ts";
import { parseObject } from "./json/parse.ts";
import { readObject } from "./json/read.ts";
import { FORMS } from "./prefix-forms.ts";

/** What a container runtime, a service manager or a CI runner puts around every physical line of a process. */
export interface Prefix {
  /** "docker-json", "cri", "kubectl", "compose", "journald", "syslog", "github-actions", ... */
  envelope: string;
  /** Key of the process: lines with the same key belong together. */
  stream: string;
  /** The rest of the line. */
  text: string;
  /** Nanoseconds since the epoch. */
  time: bigint | null;
  /** The line was cut by the runtime (CRI's P, docker's 16 KiB): the next one of the stream goes on without a line break. */
  partial: boolean;
  /**
   * The form is met elsewhere too, and needs others to be believed. "alike": at least 3 lines close by have it at the same
   * column. "all": all lines close by have it. "around": and one of them is no logger's own but goes on with the one before.
   */
  needs: "nothing" | "alike" | "all" | "around";
  /** Where the runtime knows it (syslog and journald priorities). */
  level?: LogRecord["level"];
}

/** The prefix of one physical line (ANSI stripped), or null. The text inside may have a prefix of its own. */
export function peelPrefix(line: string): Prefix | null {
  const code = line.charCodeAt(0);
  if (code === 123) return fromJson(line);
  const head = line.length > LONGEST_HEAD ? line.slice(0, LONGEST_HEAD) : line;
  // Small letters and digits begin a prefix only with a bar, a tab, the name of a task, or a time.
  if (!(code < 48 || (code > 57 && code < 97)) && !head.includes("|") && !head.includes("\t") && !BEGINS.test(head))
    return null;
  for (const form of FORMS) {
    if (!form.first(code)) continue;
    const match = form.regex.exec(head);
    if (match === null) continue;
    const found = form.read(match);
    if (found === null) continue;
    return { time: null, partial: false, needs: "nothing", ...found, text: line.slice(match[0].length) };
  }
  return null;
}

const LONGEST_HEAD = 1024;
const BEGINS = /^(?:\d{4}-\d\d-\d\d[T ]|\d\d:\d\d:\d\d |[a-z][\w.-]{0,60}:[a-z])/;

/** Runtimes that wrap each line in JSON. A message of several lines is a record by itself and left to `unwrap`. */
function fromJson(line: string): Prefix | null {
  if (!HINT.test(line.slice(0, 200)) && !HINT.test(line.slice(-400))) return null;
  const fields = parseObject(line);
  if (fields === null) return null;
  const read = readObject(fields);
  if (read.kind !== "transport" || read.messageKey === null) return null;
  const text = read.text.replace(/\r?\n$/, "");
  if (text.includes("\n")) return null;
  const key = STREAM_KEYS.flatMap((name) => (typeof fields[name] === "string" ? [fields[name]] : [])).join(" ");
  return {
    envelope: read.name,
    stream: key,
    text,
    time: read.time ?? null,
    partial: isPart(fields, read.name, text, read.text),
    needs: "nothing",
    level: read.level ?? null,
  };
}

/** docker's fluentd driver says so; in its files a part lacks the line end. */
function isPart(fields: Record<string, unknown>, name: string, text: string, written: string): boolean {
  if (fields["partial_message"] === "true") return fields["partial_last"] !== "true";
  return name === "docker-json" && text === written && text.length >= SHORTEST_PART;
}

/** docker cuts at 16 KiB of UTF-8; shorter texts without a line end come from agents that strip it. */
const SHORTEST_PART = 4096;

const HINT =
  /"(?:log|stream|MESSAGE|__REALTIME_TIMESTAMP|logName|logStreamName|ingestionTime|podName|textPayload|Log|Log_s|partial_message|_source|_raw|@message|deploymentId|source_type|received_at)"|"line": ?"|"attributes": ?\{/;
const STREAM_KEYS = [
  "stream",
  "_HOSTNAME",
  "SYSLOG_IDENTIFIER",
  "_PID",
  "namespace",
  "podName",
  "containerName",
  "logStreamName",
];
