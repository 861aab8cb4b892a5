import fc from "fast-check";

/** Literals of the generated logs: made up, so that they stand only where a block has its mark. */
export const LITERALS = ["zebrafail", "quaggaerror", "okapi raised an", "tapirs"];

/** A log as bytes: blocks of all kinds, by some processes behind prefixes, woven, in one encoding. */
export function logs(mostProcesses = 4, mostBlocks = 12): fc.Arbitrary<Uint8Array> {
  const process = fc.tuple(fc.constantFrom(...PREFIXES), fc.array(blocks(), { maxLength: mostBlocks }));
  return fc
    .record({
      processes: fc.array(process, { minLength: 1, maxLength: mostProcesses }),
      weave: fc.array(fc.nat({ max: 7 }), { maxLength: 80 }),
      lineEnd: fc.constantFrom("\n", "\n", "\r\n"),
      lastEnd: fc.boolean(),
      encoding: fc.constantFrom("utf8", "utf8", "utf8", "bom", "utf16le", "utf16be"),
    })
    .map(({ processes, weave, lineEnd, lastEnd, encoding }) => {
      const prefixed = processes.map(([prefix, parts]) => parts.flat().map(prefix));
      return encode(weaveLines(prefixed, weave).join(lineEnd) + (lastEnd ? lineEnd : ""), encoding);
    });
}

/** Sizes of the blocks that a source comes in. */
export const blockSizes: fc.Arbitrary<number[]> = fc.array(
  fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 5000 })),
  {
    minLength: 1,
    maxLength: 8,
  },
);

/** Cuts bytes into blocks of the given sizes, over and over. */
export function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let from = 0, i = 0; from < bytes.length; i += 1) {
    const size = sizes[i % sizes.length]!;
    parts.push(bytes.subarray(from, from + size));
    from += size;
  }
  return parts;
}

function blocks(): fc.Arbitrary<string[]> {
  const mark = fc.constantFrom("", "", "", ...LITERALS, ...LITERALS.map((literal) => literal.toUpperCase()));
  const word = fc.oneof(
    mark,
    fc.constantFrom("claim", "C-1042", "d\u00e9j\u00e0", "\u65e5\u672c", "\ud83d\ude80", "a b", "\u0000", ""),
  );
  return fc
    .tuple(fc.nat({ max: BLOCKS.length - 1 }), word, word, fc.nat({ max: 30 }))
    .map(([kind, a, b, size]) => BLOCKS[kind]!(a, b, size).flatMap((text) => text.split("\n")));
}

const PREFIXES: ((line: string) => string)[] = [
  (line) => line,
  (line) => `web-1     | ${line}`,
  (line) => `worker-2  | ${line}`,
  (line) => `[pod/agent-5d/app] ${line}`,
  (line) => `2026-11-24T12:00:00.123456789Z stdout F ${line}`,
  (line) => `Nov 24 12:00:01 host-a agent[77]: ${line}`,
  (line) => `2026-11-24T12:00:00.1234567Z ${line}`,
  (line) => JSON.stringify({ log: `${line}\n`, stream: "stderr", time: "2026-11-24T12:00:00.1Z" }),
];

const rows = (count: number, row: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => row(index));

const FRAMES = (a: string): string[] => [
  '  File "/app/tools.py", line 12, in run',
  `    call("${a}")`,
  "    ~~~~^^^^^",
];

const TRACEBACK = (a: string, b: string): string[] => [
  "Traceback (most recent call last):",
  ...FRAMES(a),
  `app.errors.ToolError: ${b}`,
];

const BLOCKS: ((a: string, b: string, size: number) => string[])[] = [
  (a) => [`plain line ${a}`],
  (a, b) => [a, "", b],
  (a, b) => [`  indented ${a}`, `\tindented ${b}`],
  (a) => [`2026-11-24 12:00:00,123 - app.agent - ERROR - failed: ${a}`],
  (a) => [`INFO:httpx:HTTP Request: POST /v1 "HTTP/1.1 200 OK" ${a}`],
  (a, b) => [
    JSON.stringify({ level: 50, time: 1764000000000, msg: `failed ${a}`, err: { stack: `Error: ${b}\n    at x` } }),
  ],
  (a, b) => [`ERROR:root:it failed ${a}`, ...TRACEBACK(a, b)],
  (a, b, size) => [...TRACEBACK(a, b), ...rows(size, (index) => `more of the message ${index}`), b],
  (a, b) => [
    ...TRACEBACK(a, "x"),
    "",
    "The above exception was the direct cause of the following exception:",
    "",
    ...TRACEBACK("y", b),
    "",
    "During handling of the above exception, another exception occurred:",
    "",
    `ValueError: ${a}`,
  ],
  (a, b) => [
    "  + Exception Group Traceback (most recent call last):",
    '  |   File "/app/x.py", line 1, in <module>',
    `  | ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions) ${a}`,
    "  +-+---------------- 1 ----------------",
    `    | ValueError: ${b}`,
    "    +---------------- 2 ----------------",
    `    | KeyError: '${a}'`,
    "    +------------------------------------",
  ],
  (a, b, size) => [
    "\u256d\u2500\u2500 Traceback (most recent call last) \u2500\u2500\u256e",
    ...rows(size, (index) => `\u2502 /app/x.py:${index} in run ${a} \u2502`),
    "\u2570\u2500\u2500\u2500\u2500\u256f",
    `ToolError: ${b}`,
  ],
  (a, b) => [
    "Traceback (most recent call last):",
    "",
    ...FRAMES(a),
    "",
    '> File "/app/y.py", line 3, in f',
    "    x",
    "",
    `KeyError: ${b}`,
  ],
  (a, b) => [
    `TypeError: fetch failed ${a}`,
    "    at run (/app/x.js:1:2)",
    "    at async main (file:///app/y.js:3:4) {",
    `  [cause]: Error: connect ECONNREFUSED ${b}`,
    "      at z (node:net:1:1) {",
    "    code: 'ECONNREFUSED'",
    "  }",
    "}",
  ],
  (a, b, size) => [
    `AI_InvalidToolInputError: Invalid input for tool ${a}`,
    ...rows(size, (index) => `Error message part ${index}`),
    ...(size % 2 === 0 ? [`    at run (/app/x.js:1:2) ${b}`] : []),
  ],
  (a, b) => [
    `/app/x.js:12`,
    `  throw new Error("${a}")`,
    "  ^",
    "",
    `Error: ${b}`,
    "    at x (/app/x.js:12:3)",
    "",
    "Node.js v24.1.0",
  ],
  (a, b, size) => [
    `response body: ${a} {`,
    ...rows(size, (index) => `  "key${index}": "${b}",`),
    ...(size % 3 === 0 ? [] : ["}"]),
  ],
  (a, b, size) => [`values [ ${a} [`, ...rows(size, (index) => `"${b} ${index}",`), ...(size % 3 === 0 ? [] : ["]"])],
  (a, b, size) => [`below ${a}:`, ...(size % 2 === 0 ? ["{", `"key": "${b}"`, "}"] : rows(size, (i) => `- ${i} ${b}`))],
  (a, b) => [
    `---------- ToolCallRequestEvent (assistant) ----------`,
    `[FunctionCall(id='1', arguments='${a}', name='f')]`,
    b,
  ],
  (a, b, size) => [
    "---------- TextMessage (user) ----------",
    a,
    ...rows(size, (index) => (index % 4 === 0 ? "" : `text ${index}`)),
    b,
  ],
  (a, b) => [
    "================================== Ai Message ==================================",
    "",
    a,
    "Tool Calls:",
    `  f (${b})`,
  ],
  (a, b, size) => [`Observations: ${a}`, ...rows(size, (index) => `row ${index}`), b],
  (a, b) => [
    "user_proxy (to assistant):",
    "",
    a,
    "",
    `***** Suggested tool call (call_1): ${a} *****`,
    "Arguments: ",
    b,
    "*".repeat(40),
    "",
    "-".repeat(80),
  ],
  (a, b) => [
    `>>>>>>>> EXECUTED FUNCTION get_claim...`,
    "Call ID: call_1",
    `Input arguments: {'a': '${a}'}`,
    "Output:",
    b,
    "",
    a,
  ],
  (a, b) => [
    `ValidationError: 2 validation errors for ${a}`,
    "claim_id",
    "  Field required [type=missing]",
    "    For further information visit https://x",
    b,
  ],
  (a, b) => [`panic: ${a}`, "", "goroutine 1 [running]:", "main.main()", `\t/app/main.go:3 ${b}`, "exit status 2"],
  (a) => [`\u001b[31mERROR\u001b[0m red ${a}`],
  (a, b) => [`2026-11-24T12:00:00.1Z stdout P cut ${a} in `, `2026-11-24T12:00:00.2Z stdout F two ${b}`],
  (a, _, size) => [`long ${"x".repeat(size * 40)} ${a}`],
];

function weaveLines(processes: readonly (readonly string[])[], choices: readonly number[]): string[] {
  const queues = processes.map((lines) => [...lines]);
  const woven: string[] = [];
  for (let step = 0; queues.some((queue) => queue.length > 0); step += 1) {
    const open = queues.filter((queue) => queue.length > 0);
    const choice = choices.length === 0 ? 0 : choices[step % choices.length]!;
    // Mostly runs of lines by one process, as real logs have them.
    const queue = open[choice % open.length]!;
    woven.push(...queue.splice(0, 1 + (choice % 3) * 3));
  }
  return woven;
}

/** With the text itself as what a failing property shows. */
function encode(text: string, encoding: string): Uint8Array {
  const bytes = bytesOf(text, encoding);
  Object.defineProperty(bytes, fc.toStringMethod, { value: () => `${encoding} ${JSON.stringify(text)}` });
  return bytes;
}

function bytesOf(text: string, encoding: string): Uint8Array {
  if (encoding === "utf8") return new TextEncoder().encode(text);
  if (encoding === "bom") return new TextEncoder().encode(`\ufeff${text}`);
  const units = new Uint8Array((text.length + 1) * 2);
  const view = new DataView(units.buffer);
  for (const [index, char] of ["\ufeff", ...text.split("")].entries())
    view.setUint16(index * 2, char.charCodeAt(0), encoding === "utf16le");
  return units;
}
