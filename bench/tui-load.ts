/** The load of bench/tui.ts, on a thread of its own so that it does not delay what measures: 50 times a second. */
import { appendFileSync, readFileSync } from "node:fs";
import { workerData } from "node:worker_threads";
import { requestOf } from "./export-request.ts";

const { kind, to } = workerData as { kind: "lines" | "spans"; to: string };
const failing = readFileSync(new URL("../samples/signature-mismatch/console.log", import.meta.url), "utf8");
let n = 0;

/** 200 lines, and every second a failure. */
function lines(): void {
  const line = (): string =>
    `2026-02-10 18:01:04,${String(++n % 1000).padStart(3, "0")} - app.orders - INFO - loaded ${n} rows from table orders in 14 ms using the index of customers\n`;
  appendFileSync(to, Array.from({ length: 200 }, line).join("") + (n % 10_000 < 200 ? failing : ""));
}

/** 100 spans of ten runs. */
function spans(): void {
  void fetch(`${to}/v1/traces`, {
    method: "POST",
    headers: { "content-type": "application/x-protobuf" },
    body: new Uint8Array(requestOf(++n, 100)),
  })
    .then((answer) => answer.arrayBuffer())
    // the last ones meet a closed door
    .catch(() => {});
}

const push = { lines, spans }[kind];
const begun = performance.now();
let pushed = 0;
setInterval(() => {
  // what a late timer missed is made up for
  for (; pushed < ((performance.now() - begun) / 1000) * 50; pushed++) push();
}, 20);
