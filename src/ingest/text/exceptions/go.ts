import { type Frame, type Growing, growing } from "./exception.ts";
import type { Line } from "./lines.ts";
import { isUserFile } from "./user.ts";

/** Go's `panic: text`, with the frames of the first goroutine below it. */
export function readGo(lines: readonly Line[]): Growing[] {
  const found: Growing[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const match = /^(?:.{0,200}\s)?(panic|fatal error): (.+)$/.exec(line.text);
    if (match === null || !lines.slice(at + 1, at + 12).some((next) => GOROUTINE.test(next.text))) continue;
    const start = line.end - match[1]!.length - match[2]!.length - 2;
    const panic = growing("go", match[1]!, match[2]!, start, line.end);
    const head = lines.findIndex((next, index) => index > at && GOROUTINE.test(next.text));
    panic.frames = framesBelow(lines, head + 1);
    found.push(panic);
    at = head;
  }
  return found;
}

const GOROUTINE = /^goroutine \d+ (?:gp=\S+ m=\S+ )?\[/;

function framesBelow(lines: readonly Line[], from: number): Frame[] {
  const frames: Frame[] = [];
  for (let at = from; at + 1 < lines.length && lines[at]!.text.trim() !== ""; at += 2) {
    const place = /^\s+(\S.{0,500}?\.go):(\d+)/.exec(lines[at + 1]!.text);
    if (place === null) break;
    const func = lines[at]!.text.replace(/\(.*$/, "");
    frames.push({ file: place[1]!, line: Number(place[2]), func, user: isUserFile(place[1]!) });
  }
  return frames;
}
