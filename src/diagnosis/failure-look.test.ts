import { expect, test } from "vitest";
import type { LogRecord } from "../records/records.ts";
import { failureSentence } from "./failure-look.ts";

const record = (text: string, level: string | null, fields: LogRecord["fields"] = {}): LogRecord =>
  ({ text, level, fields }) as LogRecord;

test("a warning counts where it says that something of an agent failed", () => {
  expect(failureSentence(record("Local tool execution timed out: tool=open_folder", "warn"))).not.toBeNull();
  expect(failureSentence(record("Disk usage at 81 percent, cleanup timed out", "warn"))).toBeNull();
  expect(failureSentence(record("tool execution took 3 s", "warn"))).toBeNull();
  expect(failureSentence(record("Local tool execution timed out: tool=open_folder", "info"))).toBeNull();
});

test("a line of JSON counts where it says that it did not succeed", () => {
  expect(failureSentence(record("The call was cancelled.", null, { ok: false }))?.message).toBe(
    "The call was cancelled.",
  );
  expect(failureSentence(record("The call was cancelled.", null, { ok: true }))).toBeNull();
});
