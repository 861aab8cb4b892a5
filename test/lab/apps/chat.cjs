// The same by `require`, to its end.
const OpenAI = require("openai");

const client = new OpenAI({ apiKey: "sk-lab", baseURL: process.env.LAB_URL, maxRetries: 0 });
client.chat.completions
  .create({ model: "gpt-4.1-mini", messages: [{ role: "user", content: "Hi" }] })
  .then(() => console.log("done"));
