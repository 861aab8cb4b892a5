import type { Envelope } from "../envelope.ts";
import { firstLine } from "../envelope.ts";
import { readLevel } from "../level.ts";

/** `INFO:     text`, the level and colon filled up to 10 columns; its access lines give method, path and status. */
export const uvicorn: Envelope = {
  name: "uvicorn",
  kind: "record",
  first: ["upper"],
  peel(text) {
    const match = HEAD.exec(text);
    if (match === null || match[0].length !== 10) return null;
    const level = readLevel(match[1]);
    const access = ACCESS.exec(firstLine(text).slice(10, 4000));
    if (access === null) return { text: text.slice(10), level, logger: "uvicorn.error" };
    const [, client, method, path, status] = access;
    return {
      text: text.slice(10),
      level,
      logger: "uvicorn.access",
      fields: { client, method, path, status: Number(status) },
    };
  },
};

const HEAD = /^(TRACE|DEBUG|INFO|WARNING|ERROR|CRITICAL): {1,8}(?=\S)/;
const ACCESS = /^(\S+:\d+) - "([A-Z]+) ([^"]*) HTTP\/[\d.]+" (\d{3})/;

/** `ERROR: text` of many small programs. */
export const plainLevel: Envelope = {
  name: "level",
  kind: "record",
  first: ["upper"],
  peel(text) {
    const match = PLAIN.exec(text);
    return match === null ? null : { text: text.slice(match[0].length), level: readLevel(match[1]) };
  },
};

const PLAIN = /^(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL): {1,8}(?=\S)/;
