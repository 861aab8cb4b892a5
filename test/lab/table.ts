import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { CHAT_CASES } from "./chat-cases.ts";
import type { Row } from "./compared.ts";

/** `npm run lab`: what each instrumentation makes of S1 to S10, every one in a process of its own. */
const COLUMNS = [
  "misfire (openai 5)",
  "misfire (openai 6)",
  "misfire (openai 7)",
  "contrib",
  "OpenInference",
  "Traceloop",
  "AI SDK 7",
  "AI SDK 7 + misfire",
];

const results = COLUMNS.map((column): Record<string, string> => {
  const child = spawnSync(
    process.execPath,
    ["--no-warnings", fileURLToPath(new URL("compared.ts", import.meta.url)), column],
    { encoding: "utf8", timeout: 120_000 },
  );
  const line = child.stdout.split("\n").findLast((text) => text.startsWith("[{"));
  if (line === undefined)
    return Object.fromEntries(
      CHAT_CASES.map(({ id }) => [id, `the process died: ${child.stderr.trim().split("\n").at(-1) ?? ""}`]),
    );
  return Object.fromEntries((JSON.parse(line) as Row[]).map(({ id, verdict }) => [id, verdict]));
});

const rows = [
  ["", ...COLUMNS],
  ...CHAT_CASES.map(({ id, title }) => [`${id} ${title}`, ...results.map((verdicts) => verdicts[id] ?? "did not run")]),
];
const widths = rows[0]!.map((_, n) => Math.max(...rows.map((row) => row[n]!.length)));
for (const row of rows)
  console.log(
    row
      .map((cell, n) => cell.padEnd(widths[n]!))
      .join("  ")
      .trimEnd(),
  );
const right = results.map((verdicts) => Object.values(verdicts).filter((verdict) => verdict === "ok").length);
console.log(
  ["right of 10", ...right.map(String)]
    .map((cell, n) => cell.padEnd(widths[n]!))
    .join("  ")
    .trimEnd(),
);
process.exitCode = right.slice(0, 3).every((count) => count === CHAT_CASES.length) ? 0 : 1;
