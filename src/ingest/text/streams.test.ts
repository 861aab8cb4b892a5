import { expect, test } from "vitest";
import type { Line } from "./line.ts";
import { LIMITS } from "./limits.ts";
import { Lines } from "./lines.ts";
import { Streams } from "./streams.ts";
import { Window } from "./window.ts";

/** Lines of a log that has ended, and a count of how many were decoded. */
function open(text: string, limits = LIMITS) {
  const window = new Window(0);
  window.append(new TextEncoder().encode(text));
  const lines = new Lines(window, 1, limits);
  lines.ready = window.end;
  lines.ended = true;
  let decoded = 0;
  const at = lines.at.bind(lines);
  lines.at = (start) => ((decoded += 1), at(start));
  return { lines, window, streams: new Streams(lines, limits), decoded: () => decoded };
}

test("the neighbours of a line are those of its process", () => {
  const { lines, streams } = open(["a", "b", "b", "a", "c", "a"].map(say).join(""));
  const first = lines.at(0) as Line;
  const second = streams.next(first) as Line;
  expect([first.number, second.number, (streams.next(second) as Line).number]).toEqual([1, 4, 6]);
  expect((streams.previous(second) as Line).number).toBe(1);
  expect(streams.previous(first)).toBeNull();
});

test("a line out of reach is no neighbour", () => {
  const log = ["a", "b", "b", "a"].map(say).join("");
  const near = open(log, { ...LIMITS, reachLines: 3 });
  expect((near.streams.next(near.lines.at(0) as Line) as Line).number).toBe(4);
  const far = open(log, { ...LIMITS, reachLines: 2 });
  expect(far.streams.next(far.lines.at(0) as Line)).toBeNull();
  const short = open(log, { ...LIMITS, reachBytes: 2 * say("b").length - 1 });
  expect(short.streams.next(short.lines.at(0) as Line)).toBeNull();
});

test("where each line is by a new process, each is decoded a few times, not once for all around it", () => {
  const count = 5000;
  const { lines, window, streams, decoded } = open(Array.from({ length: count }, (_, i) => say(`p${i}`)).join(""));
  for (let start = 0; start < window.end; start = window.lineEnd(start)) {
    const line = lines.at(start) as Line;
    expect(streams.previous(line)).toBeNull();
    expect(streams.next(line)).toBeNull();
  }
  expect(decoded()).toBeLessThan(4 * count);
});

function say(process: string): string {
  return `Nov 24 12:00:01 host ${process}[77]: it failed\n`;
}
