// One streamed chat by `import`; how the process ends is the first argument.
import OpenAI from "openai";

const how = process.argv[2];
const client = new OpenAI({ apiKey: "sk-lab", baseURL: process.env.LAB_URL, maxRetries: 0 });
const stream = await client.chat.completions.create({
  model: "gpt-4.1-mini",
  messages: [{ role: "user", content: "Hi" }],
  stream: true,
});
for await (const chunk of stream) {
  if (chunk.choices[0]?.delta.content !== "Hello") continue;
  if (how === "exit") process.exit(3);
  if (how === "crash")
    setTimeout(() => {
      throw new RangeError("a bug in the application");
    });
  console.log("reading");
}
console.log("done");
