// The same by `require`.
const { once } = require("node:events");
const OpenAI = require("openai");
const { traceAgent, traceTool } = require("../../../src/instrumentation/index.ts");
const { end } = require("./last-end.mjs");

const client = new OpenAI({ apiKey: "sk-lab", baseURL: process.env.LAB_URL, maxRetries: 0 });
const slow = traceTool("slow", () => new Promise((resolve) => setTimeout(resolve, 60_000)));
void traceAgent("claims", async () => {
  void slow({}, { toolCallId: "call_A" });
  const stream = await client.chat.completions.create({ model: "gpt-4.1-mini", messages: [], stream: true });
  for await (const _ of stream) process.emit("open");
});
once(process, "open").then(() => end(process.argv[2]));
