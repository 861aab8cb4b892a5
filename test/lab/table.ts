import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { CHAT_CASES } from "./chat-cases.ts";
import type { Row } from "./compared.ts";

/** `npm run lab`: what each instrumentation makes of S1 to S10, every one in a process of its own. */
const TABLES: Record<string, readonly string[]> = {
  "Chat Completions": [
    "misfire (openai 5)",
    "misfire (openai 6)",
    "misfire (openai 7)",
    "contrib",
    "OpenInference",
    "Traceloop",
  ],
  Responses: [
    "misfire (openai 5)",
    "misfire (openai 6)",
    "misfire (openai 7)",
    "contrib",
    "OpenInference",
    "Traceloop",
  ],
  Anthropic: ["misfire (0.60)", "misfire (1.11)", "misfire (1.14)", "its own spans (1.14)"],
  "AI SDK": [
    "AI SDK 5 + misfire",
    "AI SDK 6 + misfire",
    "AI SDK 7 + misfire",
    "AI SDK 5 telemetry",
    "AI SDK 6 telemetry",
    "AI SDK 7 telemetry",
    "AI SDK 5 telemetry + misfire",
    "AI SDK 6 telemetry + misfire",
    "AI SDK 7 telemetry + misfire",
  ],
};

const ids = CHAT_CASES.map(({ id }) => id);
let isRight = true;
for (const [table, columns] of Object.entries(TABLES)) {
  const results = columns.map((column) => verdicts(table, column));
  const right = results.map((each) => ids.filter((id) => each[id] === "ok").length);
  isRight &&= columns.every((column, n) => !column.includes("misfire") || right[n] === ids.length);
  print([
    [table, ...columns],
    ...CHAT_CASES.map(({ id, title }) => [`${id} ${title}`, ...results.map((each) => each[id] ?? "did not run")]),
    ["right of 10", ...right.map(String)],
  ]);
}
process.exitCode = isRight ? 0 : 1;

function verdicts(table: string, column: string): Record<string, string> {
  const child = spawnSync(
    process.execPath,
    ["--no-warnings", fileURLToPath(new URL("compared.ts", import.meta.url)), table, column],
    { encoding: "utf8", timeout: 120_000 },
  );
  const line = child.stdout.split("\n").findLast((text) => text.startsWith("[{"));
  if (line === undefined) {
    const why = `the process died: ${child.stderr.trim().split("\n").at(-1) ?? ""}`;
    return Object.fromEntries(ids.map((id) => [id, why]));
  }
  return Object.fromEntries((JSON.parse(line) as Row[]).map(({ id, verdict }) => [id, verdict]));
}

function print(rows: readonly string[][]): void {
  const widths = rows[0]!.map((_, n) => Math.max(...rows.map((row) => row[n]!.length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, n) => cell.padEnd(widths[n]!))
        .join("  ")
        .trimEnd(),
    );
  console.log("");
}
