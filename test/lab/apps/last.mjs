// A run with a model call and a tool that are both open; how the process ends is the first argument.
import { once } from "node:events";
import OpenAI from "openai";
import { traceAgent, traceTool } from "../../../src/instrumentation/index.ts";
import { end } from "./last-end.mjs";

const client = new OpenAI({ apiKey: "sk-lab", baseURL: process.env.LAB_URL, maxRetries: 0 });
const slow = traceTool("slow", () => new Promise((resolve) => setTimeout(resolve, 60_000)));
void traceAgent("claims", async () => {
  void slow({}, { toolCallId: "call_A" });
  const stream = await client.chat.completions.create({ model: "gpt-4.1-mini", messages: [], stream: true });
  for await (const _ of stream) process.emit("open");
});
await once(process, "open");
end(process.argv[2]);
