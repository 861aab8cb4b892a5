import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { diagnose, type Report } from "../../src/index.ts";
import { cli, type Ran } from "../cli/run.ts";
import { frameOf } from "../../src/sources/record/frames.ts";
import { capture, essence, eventually } from "./listening.ts";

const folder = mkdtempSync(join(tmpdir(), "misfire-follow-"));
afterAll(() => rmSync(folder, { recursive: true }));

const failure = (tool: string): string =>
  `2026-02-10 18:01:04,552 - autogen_core - ERROR - tool call failed\nTraceback (most recent call last):\n  File "app.py", line 3, in run_tool\n    return tool(**arguments)\nTypeError: ${tool}() got an unexpected keyword argument 'claimId'\n`;
const noise = (n: number): string =>
  Array.from({ length: n }, (_, i) => `2026-02-10 18:00:00,000 - app - INFO - request ${i} done\n`).join("");

function follow(argv: string[]): { lines: () => Record<string, unknown>[]; stop: () => Promise<Ran> } {
  const stop = new AbortController();
  let out = "";
  const ended = cli(["--follow", "-f", "ndjson", ...argv], { signal: stop.signal, out: (text) => void (out += text) });
  return {
    lines: () =>
      out
        .trimEnd()
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    stop() {
      stop.abort();
      return ended;
    },
  };
}

const tools = (lines: Record<string, unknown>[]): unknown[] =>
  lines.filter(({ type }) => type === "finding").map(({ tool }) => tool);
const place = (line: Record<string, unknown> | undefined): unknown =>
  (line?.["evidence"] as { line: number }[] | undefined)?.[0]?.line;

describe("misfire --follow", () => {
  it("finds what comes within a second, also the last lines of a log that goes quiet, through rotation and truncation", async () => {
    const file = join(folder, "app.log");
    writeFileSync(file, noise(10));
    const running = follow([file]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    appendFileSync(file, failure("first"));
    await eventually(() => tools(running.lines()).includes("first"), 2500);
    expect(place(running.lines()[0])).toBe(15);
    renameSync(file, `${file}.1`);
    appendFileSync(`${file}.1`, failure("late"));
    writeFileSync(file, failure("second"));
    await eventually(() => tools(running.lines()).includes("second") && tools(running.lines()).includes("late"));
    writeFileSync(file, failure("third"));
    await eventually(() => tools(running.lines()).includes("third"));
    const { code } = await running.stop();
    expect(code).toBe(1);
    expect(tools(running.lines()).toSorted()).toEqual(["first", "late", "second", "third"]);
  });

  it("gives at the end what the whole file gives", async () => {
    const file = join(folder, "whole.log");
    writeFileSync(file, noise(100) + failure("one"));
    const running = follow([file]);
    await eventually(() => running.lines().length > 0);
    appendFileSync(file, noise(5) + failure("two").slice(0, 150));
    await new Promise((resolve) => setTimeout(resolve, 250));
    appendFileSync(file, failure("two").slice(150) + noise(3));
    await eventually(() => tools(running.lines()).includes("two"));
    await running.stop();
    const text = noise(100) + failure("one") + noise(5) + failure("two") + noise(3);
    expect(essence(running.lines().at(-1) as unknown as Report)).toEqual(essence(await diagnose(text, { name: file })));
  });

  it("goes on behind the last line with a checkpoint, also when the file was rotated meanwhile", async () => {
    const file = join(folder, "kept.log");
    const argv = [file, "--checkpoint", join(folder, "checkpoint.json")];
    writeFileSync(file, noise(3) + failure("before") + "half a ");
    const first = follow(argv);
    await eventually(() => tools(first.lines()).includes("before"));
    await first.stop();
    appendFileSync(file, `line\n${failure("between")}`);
    renameSync(file, `${file}.1`);
    writeFileSync(file, failure("after"));
    const second = follow(argv);
    await eventually(() => tools(second.lines()).includes("after"));
    await second.stop();
    expect(tools(second.lines()).toSorted()).toEqual(["after", "between"]);
    expect(place(second.lines().find(({ tool }) => tool === "between"))).toBe(14);
    expect(place(second.lines().find(({ tool }) => tool === "after"))).toBe(5);
  });

  it("goes on behind the last whole frame of binary OTLP", async () => {
    const file = join(folder, "spans.pb");
    const argv = [file, "--checkpoint", join(folder, "frames.json")];
    const text = capture("autogen@0.7.5/orders-unknown-tool+native/traces.jsonl").toString().trimEnd();
    const frames = ["a", "b", "c"].map((run) => {
      const own = text
        .replaceAll(/"traceId": ?"[0-9a-f]/g, (id) => `${id.slice(0, -1)}${run}`)
        .replaceAll("call_v1", run);
      const all = own.split("\n").flatMap((line) => (JSON.parse(line) as { resourceSpans: unknown[] }).resourceSpans);
      return frameOf({ encoding: "json", bytes: Buffer.from(JSON.stringify({ resourceSpans: all })) })!;
    });
    writeFileSync(file, Buffer.concat([frames[0]!, frames[1]!.subarray(0, 200)]));
    const first = follow(argv);
    await eventually(() => first.lines().length > 0);
    await first.stop();
    appendFileSync(file, Buffer.concat([frames[1]!.subarray(200), frames[2]!]));
    const second = follow(argv);
    await eventually(() => second.lines().length > 0);
    await second.stop();
    const counts = [first, second].map(({ lines }) => (lines().at(-1) as unknown as Report).incidents[0]?.count);
    expect(counts).toEqual([1, 2]);
    expect((second.lines().at(-1) as unknown as Report).coverage.dropped).toEqual({});
  });
});
