import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { decompressed } from "./decompress.ts";
import { readInputs } from "./inputs.ts";
import type { Problem } from "./receiver.ts";

const dir = mkdtempSync(join(tmpdir(), "misfire-sources-"));
afterAll(() => rmSync(dir, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(dir, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  return path;
}

async function read(paths: string[], signal = new AbortController().signal) {
  const texts = new Map<string, string>();
  const problems: Problem[] = [];
  const skipped: string[] = [];
  const ended: string[] = [];
  let blocks = 0;
  await readInputs(
    paths,
    {
      open(name) {
        const parts: Buffer[] = [];
        texts.set(name, "");
        return {
          push(bytes) {
            blocks++;
            expect(bytes.slice().buffer).not.toBe(bytes.buffer);
            parts.push(Buffer.from(bytes));
          },
          end() {
            ended.push(name);
            texts.set(name, Buffer.concat(parts).toString());
          },
        };
      },
      problem: (problem) => problems.push(problem),
      skipped: (name) => skipped.push(name),
      progress: () => undefined,
    },
    signal,
  );
  expect(ended).toEqual([...texts.keys()]);
  return { texts, problems, skipped, blocks };
}

const LONG = Array.from({ length: 120_000 }, (_, i) => `line ${i} of a log that is longer than one block\n`).join("");

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const block = Buffer.alloc(size);
  for (let at = 0; at < bytes.length; at += size) {
    const length = block.write(Buffer.from(bytes.subarray(at, at + size)).toString("latin1"), "latin1");
    yield block.subarray(0, length);
    block.fill(0xee);
  }
}

describe("decompressed", () => {
  it("does not depend on how the bytes are cut into blocks", async () => {
    const frames = Buffer.concat([zstdCompressSync("one\n"), zstdCompressSync("two\n"), zstdCompressSync("three\n")]);
    const members = Buffer.concat([gzipSync("one\n"), gzipSync("two\n"), gzipSync("three\n")]);
    for (const bytes of [frames, members, Buffer.from("one\ntwo\nthree\n")]) {
      for (let size = 1; size < bytes.length + 2; size++) {
        const parts: Buffer[] = [];
        for await (const block of decompressed(inPieces(bytes, size))) parts.push(Buffer.from(block));
        expect(Buffer.concat(parts).toString(), `blocks of ${size}`).toBe("one\ntwo\nthree\n");
      }
    }
  });
});

describe("readInputs", () => {
  it("gives plain, gzip and zstd alike, told by content", async () => {
    const plain = file("a.log", LONG);
    const gzip = file("b.log", gzipSync(LONG));
    const zstd = file("c.txt", zstdCompressSync(LONG));
    const { texts, problems } = await read([plain, gzip, zstd]);
    expect(problems).toEqual([]);
    for (const path of [plain, gzip, zstd]) expect(texts.get(path) === LONG, path).toBe(true);
  });

  it("reads archives of several members", async () => {
    const gzip = file("members.gz", Buffer.concat([gzipSync("one\n"), gzipSync(LONG), gzipSync("two\n")]));
    const zstd = file("frames.zst", Buffer.concat([zstdCompressSync("one\n"), zstdCompressSync("two\n")]));
    const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 9, 9, 9, 9]);
    const pzstd = file(
      "pzstd.zst",
      Buffer.concat([skippable, zstdCompressSync("one\n"), skippable, zstdCompressSync("two\n")]),
    );
    const { texts, problems } = await read([gzip, zstd, pzstd]);
    expect(problems).toEqual([]);
    expect(texts.get(pzstd)).toBe("one\ntwo\n");
    expect(texts.get(gzip) === `one\n${LONG}two\n`).toBe(true);
    expect(texts.get(zstd)).toBe("one\ntwo\n");
  });

  it("gives what stands before the cut of an archive, and says so", async () => {
    const whole = gzipSync(LONG);
    for (const part of [0.3, 0.9]) {
      const path = file("cut.gz", whole.subarray(0, Math.floor(whole.length * part)));
      const { texts, problems } = await read([path]);
      expect(problems).toMatchObject([{ kind: "damaged", name: path, reason: expect.stringContaining("ends early") }]);
      const text = texts.get(path)!;
      expect(text.length).toBeGreaterThan(LONG.length * part * 0.7);
      expect(LONG.startsWith(text)).toBe(true);
    }
    const zst = zstdCompressSync(LONG);
    const cut = await read([file("cut.zst", zst.subarray(0, zst.length - 100))]);
    expect(cut.problems).toHaveLength(1);
    expect(LONG.startsWith([...cut.texts.values()][0] ?? "")).toBe(true);
  });

  it("keeps memory bounded on an archive that unpacks to much more", async () => {
    const path = file("bomb.gz", gzipSync(Buffer.alloc(64 << 20, 97)));
    let bytes = 0;
    let most = 0;
    await readInputs(
      [path],
      {
        open: () => ({
          push(block) {
            bytes += block.length;
            most = Math.max(most, block.length);
          },
          end: () => undefined,
        }),
        problem: (problem) => expect(problem).toBeNull(),
        skipped: () => undefined,
        progress: () => undefined,
      },
      new AbortController().signal,
    );
    expect(bytes).toBe(64 << 20);
    expect(most).toBeLessThanOrEqual(4 << 20);
  });

  it("walks directories in order and leaves out what it does not want", async () => {
    const root = join(dir, "tree");
    file("tree/b/2.log", "two\n");
    file("tree/a/1.log", gzipSync("one\n"));
    file("tree/c.log", "three\n");
    file("tree/image.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xd, 0xa, 0x1a, 0xa, 0, 0, 0, 0xd]));
    file("tree/node_modules/x/x.log", "never\n");
    file("tree/.git/HEAD", "never\n");
    file("tree/empty.log", "");
    file("tree/app.py", 'raise ToolError("Tool not found: x")\n');
    file("tree/d/app.log.js", "never\n");
    file("tree/d/traces.pb", Buffer.from([0, 0, 0, 9, 0x0a, 7, 0x0a, 2, 0x0a, 0, 0x12, 1, 0]));
    symlinkSync(root, join(root, "ring"));
    symlinkSync(join(root, "c.log"), join(root, "link.log"));
    const { texts, skipped, problems } = await read([root]);
    expect([...texts.keys()].map((path) => path.slice(root.length + 1))).toEqual([
      "c.log",
      "link.log",
      "a/1.log",
      "b/2.log",
      "d/traces.pb",
    ]);
    expect(skipped.map((path) => path.slice(root.length + 1))).toEqual(["app.py", "image.png", "d/app.log.js"]);
    expect(problems).toEqual([]);
    expect(texts.get(join(root, "a/1.log"))).toBe("one\n");
  });

  it("reads a program that is named by itself", async () => {
    const path = file("named.py", "print(1)\n");
    expect((await read([path])).texts.get(path)).toBe("print(1)\n");
  });

  it("reports what cannot be read and reads the rest", async () => {
    const good = file("good.log", "x\n");
    const closed = file("closed.log", "x\n");
    chmodSync(closed, 0);
    const { texts, problems } = await read([join(dir, "nothing.log"), closed, good]);
    expect(texts.get(good)).toBe("x\n");
    expect(problems[0]).toMatchObject({ kind: "unreadable", reason: "no such file or directory" });
    if (process.getuid?.() !== 0) expect(problems[1]?.reason).toContain("permission denied");
  });

  it("reads a named pipe whose writer comes late, and gives up waiting when interrupted", async () => {
    if (process.platform === "win32") return;
    const pipe = join(dir, "pipe");
    await new Promise((resolve) => spawn("mkfifo", [pipe]).on("exit", resolve));
    setTimeout(() => spawn("bash", ["-c", `printf 'a\\n' > '${pipe}'`]), 100);
    expect((await read([pipe])).texts.get(pipe)).toBe("a\n");
    const late = new AbortController();
    setTimeout(() => late.abort(), 50);
    expect((await read([pipe], late.signal)).texts.get(pipe)).toBe("");
  });

  it("lets the event loop turn while it reads a large file", async () => {
    const path = file("large.log", Buffer.alloc(128 << 20, "x"));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 5);
    const { texts } = await read([path], stop.signal);
    expect(texts.get(path)!.length).toBeLessThan(128 << 20);
  });
});
