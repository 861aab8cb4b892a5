/**
 * What tracing costs the application: microseconds of CPU and bytes per call, and per chunk of a stream, over a client whose
 * `fetch` answers at once; each instrumentation in a process of its own. Trust the differences to "none".
 * node bench/instrumentation.ts
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { trace } from "@opentelemetry/api";
import { TracerProvider } from "@opentelemetry/sdk-trace";
import { configure, instrumentOpenAI } from "../src/instrumentation/index.ts";
import { BODY, type ChatClient } from "../test/lab/chat-cases.ts";
import { clientOf, patchedClient } from "../test/lab/others.ts";
import { answer, calls, chunk, head, more, WEATHER } from "../test/lab/replies.ts";

const CONTENDERS: Record<string, () => (url: string, options: object) => ChatClient> = {
  none: () => clientOf("openai6"),
  misfire: () => clientOf("openai6", instrumentOpenAI),
  "misfire with content": () => {
    configure({ content: true });
    return clientOf("openai6", instrumentOpenAI);
  },
  contrib: () => patchedClient("@opentelemetry/instrumentation-openai"),
  OpenInference: () => patchedClient("@arizeai/openinference-instrumentation-openai"),
  Traceloop: () => patchedClient("@traceloop/instrumentation-openai"),
};
const CALLS = 500;
const STREAMS = 20;
const CHUNKS = 250;

const [, , contender] = process.argv;
if (contender === undefined) compare();
else console.log(JSON.stringify(await measure(CONTENDERS[contender]!())));

function compare(): void {
  console.log("| | us/call | bytes/call | us/chunk | bytes/chunk |\n| --- | ---: | ---: | ---: | ---: |");
  for (const name of Object.keys(CONTENDERS)) {
    const child = spawnSync(
      process.execPath,
      ["--no-warnings", "--expose-gc", "--max-semi-space-size=512", fileURLToPath(import.meta.url), name],
      { encoding: "utf8" },
    );
    const rounds = child.status === 0 ? (JSON.parse(child.stdout) as Figures) : null;
    const cells =
      rounds === null
        ? ["failed", "", "", ""]
        : [
            rounds.callUs.toFixed(1),
            rounds.callBytes.toFixed(0),
            rounds.chunkUs.toFixed(2),
            rounds.chunkBytes.toFixed(0),
          ];
    console.log(`| ${name} | ${cells.join(" | ")} |`);
  }
}

interface Figures {
  callUs: number;
  callBytes: number;
  chunkUs: number;
  chunkBytes: number;
}

async function measure(open: (url: string, options: object) => ChatClient): Promise<Figures> {
  trace.setGlobalTracerProvider(
    new TracerProvider({
      spanProcessors: [{ onStart() {}, onEnd() {}, forceFlush: async () => {}, shutdown: async () => {} }],
    }),
  );
  const whole = JSON.stringify(answer([WEATHER]).json);
  const pieces = [
    calls(head(0, WEATHER)),
    ...Array.from({ length: CHUNKS - 2 }, () => calls(more(0, " "))),
    chunk({}, "tool_calls"),
  ];
  const events = new TextEncoder().encode(
    `${pieces.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("")}data: [DONE]\n\n`,
  );
  const fetch = async (_: string, { body }: { body: string }): Promise<Response> =>
    body.includes('"stream":true')
      ? new Response(events, { headers: { "content-type": "text/event-stream" } })
      : new Response(whole, { headers: { "content-type": "application/json" } });
  const client = open("http://127.0.0.1:9", { fetch });
  const call = async (): Promise<void> => void (await client.chat.completions.create(BODY));
  const stream = async (): Promise<void> => {
    for await (const _ of (await client.chat.completions.create({ ...BODY, stream: true })) as AsyncIterable<unknown>);
  };
  const [callUs, callBytes] = await best(call, CALLS);
  const [streamUs, streamBytes] = await best(stream, STREAMS);
  return { callUs, callBytes, chunkUs: streamUs / CHUNKS, chunkBytes: streamBytes / CHUNKS };
}

/** The best of five rounds: microseconds of CPU (the clock would measure the neighbours as well) and allocated bytes each; the young generation is so large that nothing is collected in between. */
async function best(work: () => Promise<void>, times: number): Promise<[us: number, bytes: number]> {
  let us = Infinity;
  let bytes = Infinity;
  for (let round = 0; round < 5; round++) {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const started = process.cpuUsage();
    for (let n = 0; n < times; n++) await work();
    const { user, system } = process.cpuUsage(started);
    us = Math.min(us, (user + system) / times);
    const grown = process.memoryUsage().heapUsed - before;
    if (grown > 0) bytes = Math.min(bytes, grown / times);
  }
  return [us, bytes === Infinity ? 0 : bytes];
}
