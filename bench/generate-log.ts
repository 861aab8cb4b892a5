import { closeSync, openSync, writeSync } from "node:fs";

/**
 * Writes a mixed log of about `megabytes`: pino JSON, Python logging, access lines, and `failureRate` of failing records
 * (tracebacks, JSON errors, results), the same for the same seed. `differ`: each failure is told in words of its own.
 */
export function generateLog(
  path: string,
  megabytes: number,
  { failureRate = 0.003, seed = 7, differ = false } = {},
): { lines: number; failures: number } {
  const random = mulberry(seed);
  const file = openSync(path, "w");
  const target = megabytes * 1024 * 1024;
  let [bytes, lines, failures, time] = [0, 0, 0, 1_790_000_000_000];
  let block: string[] = [];
  let size = 0;
  while (bytes < target) {
    time += Math.floor(random() * 40);
    const failing = random() < failureRate;
    const told = failing ? pick(FAILURES, random)(random, time) : healthy(random, time);
    const text = failing && differ ? told.replace(DIFFERING, (end) => `${end} (request ${hex(random, 8)})`) : told;
    if (failing) failures++;
    block.push(text);
    size += text.length + 1;
    lines += text.split("\n").length;
    if (size > 4 * 1024 * 1024) flush();
  }
  flush();
  closeSync(file);
  return { lines, failures };

  function flush() {
    bytes += writeSync(file, `${block.join("\n")}\n`);
    block = [];
    size = 0;
    if (bytes >= target) bytes = target;
  }
}

type Make = (random: () => number, time: number) => string;

function healthy(random: () => number, time: number): string {
  const kind = random();
  if (kind < 0.7) return pino(random, time, 30, pick(SAYINGS, random)(random));
  if (kind < 0.9)
    return `${asctime(time)} - ${pick(LOGGERS, random)} - ${pick(["INFO", "DEBUG"], random)} - ${pick(SAYINGS, random)(random)}`;
  if (kind < 0.99)
    return `10.0.${Math.floor(random() * 255)}.${Math.floor(random() * 255)} - - [12/Feb/2026:06:31:10 +0000] "GET /api/orders/${Math.floor(random() * 1e6)}?page=${Math.floor(random() * 20)} HTTP/1.1" 200 ${Math.floor(random() * 9000)} "-" "Mozilla/5.0 (X11; Linux x86_64)"`;
  return `${asctime(time)} - app.errors - INFO - 0 errors in the last minute, ${Math.floor(random() * 900)} requests served, no failures reported`;
}

function pino(random: () => number, time: number, level: number, msg: string, more: object = {}): string {
  return JSON.stringify({
    level,
    time,
    pid: 4000 + Math.floor(random() * 9),
    hostname: "orders-7f9c6d5b44-x2lqp",
    reqId: hex(random, 16),
    service: pick(SERVICES, random),
    msg,
    responseTime: Math.floor(random() * 400),
    ...more,
  });
}

const FAILURES: Make[] = [
  (r, t) =>
    [
      `${asctime(t)} - orders.agent - ERROR - run ${hex(r, 8)} failed`,
      "Traceback (most recent call last):",
      '  File "/srv/app/agent.py", line 88, in run',
      "    result = await tool(**arguments)",
      "             ^^^^^^^^^^^^^^^^^^^^^^^^",
      `TypeError: ${pick(TOOLS, r)}() got an unexpected keyword argument '${pick(["claimId", "orderId", "cityName"], r)}'`,
    ].join("\n"),
  (r, t) =>
    pino(r, t, 50, "tool call failed", {
      err: {
        type: "ZodError",
        message:
          '[{"code":"invalid_type","expected":"string","path":["order_id"],"message":"Invalid input: expected string, received undefined"}]',
        stack:
          "ZodError: invalid\n    at parse (/srv/app/node_modules/zod/v4/core/parse.js:12:9)\n    at run (/srv/app/dist/agent.js:41:15)",
      },
    }),
  (r, t) =>
    `${asctime(t)} - openai._base_client - ERROR - openai.BadRequestError: Error code: 400 - {'error': {'message': "Invalid schema for function '${pick(TOOLS, r)}': In context=('properties', 'tags'), array schema missing items.", 'type': 'invalid_request_error', 'param': 'tools[0].function.parameters', 'code': 'invalid_function_parameters'}}`,
  (r, t) => pino(r, t, 30, `Error: tool '${pick(TOOLS, r)}' not found in any workbench`),
  (r, t) =>
    pino(r, t, 50, "run failed", {
      err: {
        type: "TypeError",
        message: "Object of type datetime is not JSON serializable",
        stack: "TypeError: Object of type datetime is not JSON serializable",
      },
    }),
];

/** Ends of what a failing record says. */
const DIFFERING = /serializable|argument '\w+'|received undefined|in any workbench|missing items\./g;
const TOOLS = ["get_claim", "lookup_order", "get_weather", "search_documents", "send_email"];
const SERVICES = ["orders", "claims", "gateway", "billing"];
const LOGGERS = ["orders.agent", "uvicorn.access", "app.db", "httpx", "autogen_core"];
const SAYINGS: ((random: () => number) => string)[] = [
  (r) =>
    `request completed for customer ${Math.floor(r() * 1e7)} in region eu-west-1 with cache hit ratio ${r().toFixed(3)}`,
  (r) =>
    `loaded ${Math.floor(r() * 500)} rows from table orders in ${Math.floor(r() * 90)} ms using index orders_by_customer`,
  (r) => `agent finished turn ${Math.floor(r() * 12)} with ${Math.floor(r() * 900)} tokens, answer sent to the user`,
  (r) => `scheduled job nightly-report ${hex(r, 12)} queued behind ${Math.floor(r() * 9)} others`,
  (r) =>
    `HTTP Request: POST https://models.example.com/v1/messages "HTTP/1.1 200 OK" after ${Math.floor(r() * 3000)} ms`,
  (r) => `session ${hex(r, 24)} renewed; user has ${Math.floor(r() * 40)} items in the basket`,
];

function asctime(ms: number): string {
  const iso = new Date(ms).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)},${iso.slice(20, 23)}`;
}

function hex(random: () => number, length: number): string {
  let text = "";
  while (text.length < length) text += Math.floor(random() * 16).toString(16);
  return text;
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)]!;
}

/** A small seeded generator (mulberry32), so that every run scans the same bytes. */
function mulberry(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
