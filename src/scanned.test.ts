import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generateLog } from "../bench/generate-log.ts";
import { createWuManber } from "./ingest/text/wu-manber.ts";
import { builtInPack } from "./pack.ts";
import { scannedLiterals } from "./scanned.ts";

const literals = scannedLiterals(builtInPack().classifiers);

test("the search takes every literal at full speed", () => {
  expect(literals.list.filter((literal) => literal.length < 7)).toEqual([]);
});

test("no literal is found in more than 0.2 % of the lines of an ordinary log, but the marks of agents", () => {
  const path = join(tmpdir(), `misfire-ordinary-${process.pid}.log`);
  const { lines } = generateLog(path, 4, { failureRate: 0 });
  const bytes = new Uint8Array(readFileSync(path));
  rmSync(path);
  const counts = new Map<number, number>();
  createWuManber(literals.list).scan(bytes, 0, bytes.length, (_, id) => counts.set(id, (counts.get(id) ?? 0) + 1));
  const common = [...counts].filter(([id, count]) => count > lines * 0.002 && !literals.sparse!.has(id));
  expect(common.map(([id, count]) => `${literals.list[id]}: ${count} of ${lines}`)).toEqual([]);
});
